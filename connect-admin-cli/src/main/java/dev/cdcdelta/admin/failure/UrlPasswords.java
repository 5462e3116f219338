package dev.cdcdelta.admin.failure;

import java.util.regex.Pattern;

/** User and password in URLs, which servers like to quote in their messages. */
public final class UrlPasswords {
    private static final Pattern USER_INFO = Pattern.compile("(://)[^/?@\\s]*@");

    private UrlPasswords() {}

    public static boolean isIn(String text) {
        return USER_INFO.matcher(text).find();
    }

    /** The text with {@code ***} in their place. */
    public static String hide(String text) {
        return USER_INFO.matcher(text).replaceAll("$1***@");
    }
}
