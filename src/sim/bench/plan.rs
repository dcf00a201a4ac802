//! What a scenario's PC wants, in the core's words.

use std::time::Duration;

use crate::{
    modem::request::{
        AccessPoint, Authentication, Connection, Contents, Credentials, FileRef, Reception, Reconnect, Request,
        Security, Subscription, Suite, TlsOptions, Version, Will,
    },
    mqtt::{Message, Password, Qos},
    sim::{
        PresetFile,
        scenario::{BadScenario, ConnectPlan, PublishPlan, SecurityPlan},
    },
};

/// The connection that `plan` describes. The PC has `files`; what it needs besides is in the module already.
pub fn connection(plan: &ConnectPlan, files: &[PresetFile]) -> Result<Connection, BadScenario> {
    let subscriptions = plan.subscribe.iter().map(|filter| {
        let filter = filter.parse().map_err(|_| bad(filter))?;
        Ok(Subscription { filter, qos: Qos::AtLeastOnce })
    });
    let will = |(topic, payload): &(String, String)| message(topic, payload, Qos::AtMostOnce);
    Ok(Connection {
        credentials: plan
            .login
            .as_ref()
            .map(|(user, word)| Credentials { user: user.clone(), password: Password::new(word.as_str()) }),
        keep_alive: plan.keep_alive,
        will: plan.will.as_ref().map(will).transpose()?.map(|message| Will { message }),
        subscriptions: subscriptions.collect::<Result<_, _>>()?,
        security: security(plan.security, files),
        tls: TlsOptions {
            ignore_clock: plan.ignore_clock,
            suite: plan.suite.map(suite).transpose()?,
            version: plan.version.map(version).transpose()?,
            negotiate_timeout: plan.negotiate_s.map(Duration::from_secs),
            ..TlsOptions::default()
        },
        apn: plan.access_point.as_ref().map(access_point),
        reception: if plan.cached { Reception::Cached } else { Reception::Direct },
        reconnect: plan.reconnect.then(Reconnect::default),
        ..Connection::new(plan.host.as_str(), plan.port, plan.client_id.as_str())
    })
}

/// The message that `plan` describes.
pub fn publish(plan: &PublishPlan) -> Result<Request, BadScenario> {
    let qos = [Qos::AtMostOnce, Qos::AtLeastOnce, Qos::ExactlyOnce];
    let qos = *qos.get(usize::from(plan.qos)).ok_or_else(|| BadScenario::Number { given: plan.qos.into() })?;
    message(&plan.topic, &plan.payload, qos).map(Request::Publish)
}

fn message(topic: &str, payload: &str, qos: Qos) -> Result<Message, BadScenario> {
    let topic = topic.parse().map_err(|_| bad(topic))?;
    Ok(Message { topic, payload: payload.as_bytes().to_vec(), qos, retain: false })
}

fn bad(topic: &str) -> BadScenario {
    BadScenario::Topic { scenario: String::new(), topic: topic.to_owned() }
}

fn security(plan: SecurityPlan, files: &[PresetFile]) -> Security {
    let file = |name: &str| {
        let had = files.iter().find(|file| file.name == name);
        let contents = had.map(|file| Contents::public(file.bytes.clone()));
        FileRef { name: name.to_owned(), contents }
    };
    match plan {
        SecurityPlan::Plain => Security::Plain,
        SecurityPlan::Encrypted => Security::Encrypted,
        SecurityPlan::Server => Security::Server { ca: file("ca.crt") },
        SecurityPlan::Mutual => {
            Security::Mutual { ca: file("ca.crt"), certificate: file("client.crt"), key: file("client.key") }
        }
    }
}

fn access_point((name, user, password, auth): &(String, String, String, u8)) -> AccessPoint {
    let auth = Authentication::ALL.into_iter().find(|one| one.number() == *auth).unwrap_or_default();
    AccessPoint { name: name.clone(), user: user.clone(), password: Password::new(password.as_str()), auth }
}

fn suite(number: u16) -> Result<Suite, BadScenario> {
    let all =
        [Suite::Aes256Sha, Suite::Aes128Sha, Suite::Rc4Sha, Suite::Rc4Md5, Suite::TripleDesSha, Suite::Aes256Sha256];
    all.into_iter().find(|suite| *suite as u16 == number).ok_or_else(|| BadScenario::Number { given: number.into() })
}

fn version(number: u8) -> Result<Version, BadScenario> {
    let all = [Version::Ssl3, Version::Tls10, Version::Tls11, Version::Tls12, Version::All];
    let found = all.into_iter().find(|version| *version as u8 == number);
    found.ok_or_else(|| BadScenario::Number { given: number.into() })
}
