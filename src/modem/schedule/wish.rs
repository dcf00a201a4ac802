//! What each request needs: whether its values may be sent at all, what must hold first, and the flow that fulfils it.

use crate::{
    air780e::{dns::SetServers, tls::EraseSetting},
    modem::{
        check,
        event::Fault,
        flow::{
            Flow,
            access_point::AccessPointFlow,
            bring_up::BringUp,
            connect::Connect,
            details::DetailsFlow,
            measure::MeasureFlow,
            names::ResolveFlow,
            provision::Provision,
            publish::PublishFlow,
            recover::{Recover, RestartFlow},
            settings::{ChangeTlsFlow, SettingsFlow},
            single::{CommandFlow, PinFlow, RawFlow, SignalFlow},
            store::{DeleteFlow, ListFlow, ReadFlow},
            subscribe::{SubscribeFlow, UnsubscribeFlow},
            trial::TrialFlow,
        },
        request::{Connection, Request, RequestId},
        step::Step,
    },
};

use super::job::{Aim, Job, Kind};

/// A request on its way into the schedule.
pub(super) struct Wish {
    pub(super) job: Job,
    /// Whether its values can be put into commands.
    pub(super) checked: Result<(), Fault>,
}

impl Wish {
    /// What `request` needs; `None` for one that acts on the schedule itself.
    pub(super) fn of(id: RequestId, request: Request) -> Option<Self> {
        let (kind, checked, flow) = match request {
            Request::BringUp => large(Ok(()), BringUp::new()),
            Request::Restart => large(Ok(()), RestartFlow::new()),
            Request::Provision(files) => large(check::files(&files), Provision::new(files)),
            Request::SetAccessPoint(point) => large(check::access_point(&point), AccessPointFlow::new(Some(point))),
            Request::ClearAccessPoint => large(Ok(()), AccessPointFlow::new(None)),
            Request::Subscribe(wanted) => in_session(check::subscription(&wanted), SubscribeFlow::new(wanted)),
            Request::Unsubscribe(filter) => in_session(check::filter(&filter), UnsubscribeFlow::new(filter)),
            Request::Publish(message) => in_session(check::message(&message), PublishFlow::new(id, message)),
            Request::Measure(plan) => in_session(check::measure(&plan), MeasureFlow::new(id, plan)),
            Request::Raw(line) => free(check::typed(&line), RawFlow::new(line)),
            Request::Resolve(host) => free(check::host(&host), ResolveFlow::new(host)),
            Request::ReadFile(name) => free(check::file_name(&name), ReadFlow::new(name)),
            Request::DeleteFile(name) => free(check::file_name(&name), DeleteFlow::new(name)),
            Request::EnterPin(pin) => free(check::pin(pin.reveal()), PinFlow(pin)),
            Request::SetNameServers { primary, secondary } => {
                free(Ok(()), CommandFlow::new(&SetServers { primary, secondary }, Step::SetNameServers))
            }
            Request::EraseTlsSetting(key) => {
                free(check::tls_key(&key), CommandFlow::new(&EraseSetting(&key), Step::TlsSetting))
            }
            Request::ReadTlsSettings => free(Ok(()), SettingsFlow::of_files()),
            Request::ReadLinkSettings => free(Ok(()), SettingsFlow::of_link()),
            Request::ChangeTls(changes) => large(check::tls_changes(&changes), ChangeTlsFlow::new(changes)),
            Request::TryLink { host, port, is_slow } => {
                large(check::place(&host, port), TrialFlow::new(host, port, is_slow))
            }
            Request::ListFiles => free(Ok(()), ListFlow::default()),
            Request::ReadDetails => free(Ok(()), DetailsFlow::default()),
            Request::ReadSignal => free(Ok(()), SignalFlow),
            Request::Connect(_) | Request::Recover | Request::Disconnect | Request::Cancel(_) => return None,
        };
        Some(Self { job: Job::new(id, kind, flow), checked })
    }

    /// A session that is to be opened and kept.
    pub(super) fn connect(id: RequestId, checked: Result<(), Fault>, connection: Box<Connection>) -> Self {
        Self::open(id, checked, Connect::new(connection))
    }

    /// A session that is to be opened again by whatever means it takes.
    pub(super) fn recover(id: RequestId, connection: Box<Connection>) -> Self {
        Self::open(id, Ok(()), Recover::new(connection))
    }

    fn open(id: RequestId, checked: Result<(), Fault>, flow: impl Flow + 'static) -> Self {
        Self { job: Job { aim: Aim::Open, ..Job::new(id, Kind::Large, Box::new(flow)) }, checked }
    }
}

type Needs = (Kind, Result<(), Fault>, Box<dyn Flow>);

fn large(checked: Result<(), Fault>, flow: impl Flow + 'static) -> Needs {
    (Kind::Large, checked, Box::new(flow))
}

fn in_session(checked: Result<(), Fault>, flow: impl Flow + 'static) -> Needs {
    (Kind::InSession, checked, Box::new(flow))
}

fn free(checked: Result<(), Fault>, flow: impl Flow + 'static) -> Needs {
    (Kind::Free, checked, Box::new(flow))
}
