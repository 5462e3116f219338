package dev.cdcdelta.admin.deadletter;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which letters are meant. Empty parts mean all.
 *
 * @param connector that refused them
 * @param topic that they came from
 * @param reason found anywhere in the message or the class of the exception
 * @param place the one letter there
 * @param since put into the queue then or later
 */
public record LetterFilter(
        Optional<String> connector,
        Optional<String> topic,
        Optional<Pattern> reason,
        Optional<DeadLetter.Place> place,
        Optional<Instant> since) {
    public boolean matches(DeadLetter letter) {
        DeadLetter.Reason why = letter.reason();
        return connector.filter(name -> !name.equals(why.connector())).isEmpty()
                && topic.filter(name -> !name.equals(letter.origin().topic())).isEmpty()
                && reason.filter(pattern ->
                                !pattern.matcher(why.message()).find() && !pattern.matcher(why.exception()).find())
                        .isEmpty()
                && place.filter(one -> !one.equals(letter.place())).isEmpty()
                && since.filter(time -> letter.time().isBefore(time)).isEmpty();
    }
}
