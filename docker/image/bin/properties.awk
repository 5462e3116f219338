# The worker's properties, one for each CONNECT_* variable: CONNECT_GROUP_ID is group.id. Two underscores stand for one, three for a
# hyphen, as in Confluent's images.
BEGIN {
    for (name in ENVIRON) {
        if (name !~ /^CONNECT_[A-Z0-9_]+$/) {
            continue
        }
        value = ENVIRON[name]
        if (value ~ /\n/) {
            printf "connect-worker: %s holds a line break, which a property cannot. Put such a value into a file and refer to it as ${file:...}.\n", name > "/dev/stderr"
            exit 1
        }
        key = tolower(substr(name, 9))
        gsub(/___/, "\001", key)
        gsub(/__/, "\002", key)
        gsub(/_/, ".", key)
        gsub(/\001/, "-", key)
        gsub(/\002/, "_", key)
        # A backslash escapes, so that two of them stand for one.
        gsub(/\\/, "&&", value)
        print key "=" value
    }
}
