#!/usr/bin/perl
# Prints what the licences of the dependencies ask for: who made them, under which terms, with the texts.
#
#   cargo metadata --format-version 1 --locked --filter-platform TARGET [--no-default-features --features …] | dist/notices.pl
#
# Only what is part of a program is listed, not what builds or tests it. Ends with 1 when a package names no licence, or
# one that would oblige the whole program.
use strict;
use warnings;
use JSON::PP;

local $/;
my $metadata = decode_json(<STDIN>);
my %package = map { $_->{id} => $_ } @{$metadata->{packages}};
my %node = map { $_->{id} => $_ } @{$metadata->{resolve}{nodes}};

my (%seen, @left);
my $root = $metadata->{resolve}{root};
push @left, $root;
while (defined(my $id = shift @left)) {
    next if $seen{$id}++;
    for my $dependency (@{$node{$id}{deps}}) {
        push @left, $dependency->{pkg} if grep { !defined $_->{kind} } @{$dependency->{dep_kinds}};
    }
}
delete $seen{$root};

sub text_of {
    my ($path) = @_;
    open(my $file, '<:raw', $path) or die "$path: $!\n";
    my $text = <$file>;
    $text =~ s/\r//g;
    $text =~ s/\s+\z/\n/;
    return $text;
}

my (%texts, %terms, $bad);
my @listed = sort { $a->{name} cmp $b->{name} || $a->{version} cmp $b->{version} } map { $package{$_} } keys %seen;
# The C sources that openssl-src carries are part of the program, though it is only a build dependency.
push @listed, grep { $_->{name} eq 'openssl-src' } values %package;
for my $one (@listed) {
    my $terms = $one->{license} // ($one->{license_file} ? 'see its text' : '');
    my $name = "$one->{name} $one->{version}";
    if ($terms eq '') { warn "$name names no licence\n"; $bad = 1; }
    my @choices = split m{\s+OR\s+|/}, $terms;
    if (@choices && !grep { !/\bA?GPL/ } @choices) { warn "$name: $terms\n"; $bad = 1; }
    push @{$terms{$terms}}, $name;
    (my $folder = $one->{manifest_path}) =~ s{[/\\][^/\\]*\z}{};
    my @files = sort grep { -f } glob("\Q$folder\E/{LICENSE,LICENCE,COPYING,NOTICE,UNLICENSE,license}*");
    push @files, "$folder/openssl/LICENSE.txt" if -f "$folder/openssl/LICENSE.txt";
    push @{$texts{text_of($_)}}, $name for @files;
}

print "The Air780E Companion contains the work of others. It is listed here by the terms they ask for; the texts follow.\n\n";
for my $terms (sort keys %terms) {
    print "$terms\n";
    print "    $_\n" for @{$terms{$terms}};
    print "\n";
}
print "SIL Open Font License 1.1\n    Noto Sans CJK SC (a subset)\n\n";
for my $text (sort { $texts{$a}[0] cmp $texts{$b}[0] || $a cmp $b } keys %texts) {
    my %once;
    print '-' x 78, "\n", join(', ', grep { !$once{$_}++ } @{$texts{$text}}), "\n", '-' x 78, "\n$text\n";
}
print '-' x 78, "\nNoto Sans CJK SC\n", '-' x 78, "\n", text_of('assets/fonts/OFL.txt');
exit($bad ? 1 : 0);
