# SPDX-License-Identifier: Apache-2.0
# Finds a Java 25 or newer, for the scripts that source this file.
#
#   find_java_home java|javac   sets java_home; fails when there is none
#
# The version is read from the folder's 'release' file: asking the program itself would cost a
# start of the virtual machine before every start of the server.

find_java_home() {
    on_path=$(command -v java) || on_path=
    [ -z "$on_path" ] || on_path=$(readlink -f "$on_path")
    for java_home in "${JAVA_HOME:-}" /usr/lib/jvm/* "${on_path%/bin/java}"; do
        [ -x "$java_home/bin/$1" ] && [ -r "$java_home/release" ] || continue
        while IFS='=".-+' read -r name _ major _; do
            [ "$name" = JAVA_VERSION ] || continue
            case $major in
                '' | *[!0-9]*) ;;
                *) [ "$major" -lt 25 ] || return 0 ;;
            esac
        done <"$java_home/release"
    done
    java_home=
    return 1
}
