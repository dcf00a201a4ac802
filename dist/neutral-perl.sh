#!/bin/sh
# Perl for OpenSSL's configuration: OpenSSL writes the folder it was built in into its library, as the place of engines and
# modules that are never loaded here. They get a place that is the same on every machine.
set -eu
perl "$@"
case "$1" in
    */Configure)
        perl -pi -e 's{^(ENGINESDIR|MODULESDIR)=.*}{$1=/usr/lib/ssl/none}' Makefile
        ;;
esac
