//! From the SIM card as typed to the access point of a private network.

use crate::{
    model::request::{AccessPoint, Authentication},
    mqtt::Password,
    settings::{AccessCheck, SimEntry},
};

/// The access point of a private card; `None` for a public one, which needs none.
pub(super) fn point(sim: &SimEntry, password: &Password) -> Option<AccessPoint> {
    if !sim.is_private {
        return None;
    }
    let (user, password) = match sim.check {
        AccessCheck::None => (String::new(), Password::default()),
        AccessCheck::Pap | AccessCheck::Chap => (sim.user.trim().to_owned(), password.clone()),
    };
    Some(AccessPoint { name: sim.access_point.trim().to_owned(), user, password, auth: authentication(sim.check) })
}

const fn authentication(check: AccessCheck) -> Authentication {
    match check {
        AccessCheck::None => Authentication::None,
        AccessCheck::Pap => Authentication::Pap,
        AccessCheck::Chap => Authentication::Chap,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        settings::{Profile, Secrets},
        view::{
            connect::{
                Field,
                form::{Address, connection, problems},
            },
            files::LocalFiles,
        },
    };

    fn private(access_point: &str, user: &str, check: AccessCheck) -> Profile {
        let sim = SimEntry { is_private: true, access_point: access_point.to_owned(), user: user.to_owned(), check };
        Profile { host: "broker.example".to_owned(), sim, ..Profile::default() }
    }

    fn with_password(password: &str) -> Secrets {
        Secrets { access_point: Password::new(password), ..Secrets::default() }
    }

    fn asked(profile: &Profile, secrets: &Secrets) -> Option<AccessPoint> {
        connection(profile, secrets, &Address::of(profile, false), &LocalFiles::default()).expect("a usable form").apn
    }

    #[test]
    fn a_public_card_asks_for_no_access_point_whatever_was_typed() {
        let mut profile = private("jscmiot", "u9682", AccessCheck::Chap);
        profile.sim.is_private = false;
        assert_eq!(asked(&profile, &with_password("iot98765")), None);
    }

    #[test]
    fn the_tutorials_card_asks_as_the_tutorial_does() {
        let asked = asked(&private("jscmiot", "u9682", AccessCheck::Chap), &with_password("iot98765"));
        let expected = AccessPoint {
            name: "jscmiot".to_owned(),
            user: "u9682".to_owned(),
            password: Password::new("iot98765"),
            auth: Authentication::Chap,
        };
        assert_eq!(asked, Some(expected));
    }

    #[test]
    fn without_a_check_neither_user_nor_password_is_sent() {
        let asked = asked(&private("cmiot", "u9682", AccessCheck::None), &with_password("iot98765")).expect("one");
        assert!(asked.user.is_empty() && asked.password.is_empty());
    }

    #[test]
    fn each_wrong_field_is_named() {
        let long = "x".repeat(33);
        let table = [
            (private("", "", AccessCheck::Chap), "", Field::AccessPoint),
            (private(&"a".repeat(129), "", AccessCheck::Chap), "", Field::AccessPoint),
            (private("a", &long, AccessCheck::Pap), "", Field::AccessUser),
            (private("a", "", AccessCheck::Pap), long.as_str(), Field::AccessPassword),
            (private("a", "", AccessCheck::Chap), "a\"b", Field::AccessPassword),
        ];
        for (profile, password, field) in table {
            let found: Vec<_> = problems(&profile, &with_password(password), false, &LocalFiles::default())
                .into_iter()
                .map(|problem| problem.field)
                .collect();
            assert_eq!(found, [field], "{:?}", profile.sim);
        }
    }
}
