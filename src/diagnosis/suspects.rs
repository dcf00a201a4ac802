//! Collects what rules suspect and what they clear, and makes findings of it, the surest first.

use crate::lang::Text;

use super::{
    cause::{Cause, Innocent},
    finding::{Certainty, Excluded, Fact, Finding},
};
use crate::time::Moment;

/// What rules gathered.
#[derive(Debug, Default)]
pub(super) struct Suspects {
    list: Vec<Suspect>,
    cleared: Vec<Excluded>,
}

#[derive(Debug)]
struct Suspect {
    cause: &'static Cause,
    certainty: Certainty,
    facts: Vec<Fact>,
}

impl Suspects {
    /// These facts show exactly this.
    pub(super) fn seen(&mut self, cause: &'static Cause, facts: impl IntoIterator<Item = Fact>) {
        self.add(cause, Certainty::Seen, facts);
    }

    /// These facts fit this better than its neighbours.
    pub(super) fn likely(&mut self, cause: &'static Cause, facts: impl IntoIterator<Item = Fact>) {
        self.add(cause, Certainty::Likely, facts);
    }

    /// Nothing speaks against it.
    pub(super) fn possible(&mut self, cause: &'static Cause, facts: impl IntoIterator<Item = Fact>) {
        self.add(cause, Certainty::Possible, facts);
    }

    fn add(&mut self, cause: &'static Cause, certainty: Certainty, facts: impl IntoIterator<Item = Fact>) {
        let facts: Vec<_> = facts.into_iter().collect();
        match self.list.iter_mut().find(|suspect| suspect.cause.id == cause.id) {
            Some(known) => {
                known.certainty = known.certainty.min(certainty);
                known.facts.extend(facts);
            }
            None => self.list.push(Suspect { cause, certainty, facts }),
        }
    }

    /// Everything that `others` holds; what has no moment in it was seen at `at`.
    pub(super) fn add_all(&mut self, others: Self, at: Moment) {
        for Suspect { cause, certainty, facts } in others.list {
            self.add(cause, certainty, facts.into_iter().map(|fact| Fact { at: fact.at.or(Some(at)), ..fact }));
        }
    }

    /// Nothing speaks against these, and nothing decides between them.
    pub(super) fn any_of(&mut self, causes: &[&'static Cause]) {
        for cause in causes {
            self.add(cause, Certainty::Possible, []);
        }
    }

    /// These are not the cause, by `proof`.
    pub(super) fn clear(&mut self, causes: &[&'static Cause], what: Innocent, proof: impl Into<Fact>) {
        let proof = proof.into();
        let took = proof.took.map(|took| format!(" ({}.{:03} s)", took.as_secs(), took.subsec_millis()));
        let proof = match took {
            Some(took) => Text::chain([proof.what, Text::plain(took)]),
            None => proof.what,
        };
        for cause in causes {
            if self.cleared.iter().all(|known| known.id != cause.id) {
                self.cleared.push(Excluded { id: cause.id, key: cause.key, what, proof: proof.clone() });
            }
        }
    }

    /// Whether anything was shown beyond doubt.
    pub(super) fn is_settled(&self) -> bool {
        self.list.iter().any(|suspect| suspect.certainty == Certainty::Seen)
    }

    /// The findings. `shared` bears on all of them; what is shown beyond doubt wins over what was cleared.
    pub(super) fn findings(self, shared: &[Fact]) -> Vec<Finding> {
        let Self { mut list, mut cleared } = self;
        let is_left = |suspect: &Suspect| {
            suspect.certainty == Certainty::Seen || cleared.iter().all(|innocent| innocent.id != suspect.cause.id)
        };
        // When everything seems cleared, something changed since; the suspicion is worth more than silence.
        if list.iter().any(is_left) {
            list.retain(is_left);
        }
        list.sort_by_key(|suspect| suspect.certainty);
        cleared.retain(|innocent| list.iter().all(|suspect| suspect.cause.id != innocent.id));
        let finding = |Suspect { cause, certainty, facts }: Suspect| {
            let Cause { id, key, cause, fix, .. } = *cause;
            let mut evidence = facts;
            for fact in shared {
                if !evidence.contains(fact) {
                    evidence.push(fact.clone());
                }
            }
            Finding { id, key, cause, fix, certainty, evidence, excluded: cleared.clone() }
        };
        list.into_iter().map(finding).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnosis::catalogue as c;

    fn ids(suspects: Suspects) -> Vec<(&'static str, Certainty)> {
        suspects.findings(&[]).into_iter().map(|finding| (finding.id, finding.certainty)).collect()
    }

    #[test]
    fn the_surest_comes_first_and_what_is_cleared_is_no_finding() {
        let mut suspects = Suspects::default();
        suspects.any_of(&[&c::TCP_REFUSED, &c::NAME_UNKNOWN, &c::DNS_SILENT]);
        suspects.clear(&[&c::NAME_UNKNOWN, &c::DNS_SILENT], Innocent::Name, "resolved");
        suspects.seen(&c::WHITE_LIST, [Fact::new("x")]);
        assert_eq!(ids(suspects), [("F-048", Certainty::Seen), ("F-058", Certainty::Possible)]);
    }

    #[test]
    fn a_fact_beyond_doubt_wins_over_a_clearance_and_is_not_excluded_too() {
        let mut suspects = Suspects::default();
        suspects.clear(&[&c::TCP_REFUSED], Innocent::Host, "open");
        suspects.seen(&c::TCP_REFUSED, []);
        let findings = suspects.findings(&[]);
        assert_eq!((findings[0].id, findings[0].excluded.len()), ("F-058", 0));
    }
}
