//! What a diagnosis rests on: the course of the connection, what it was to reach, and what this computer got.

use std::{collections::VecDeque, time::Duration};

use crate::{
    diagnosis::{Course, Here},
    time::Moment,
};

use super::{
    Input,
    event::Event,
    request::{Request, Security, TlsOptions},
};

/// Everything that a diagnosis may look at.
#[derive(Debug, Default)]
pub struct Evidence {
    course: Course,
    target: Option<Target>,
    /// What the user did to the virtual modem of this connection, oldest first.
    deeds: VecDeque<(Moment, String)>,
    /// What passes now is a search, and no course of the connection.
    is_searching: bool,
    revision: u64,
}

/// What the last connection was to reach. No login is kept here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Host name or numeric address.
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// How the way is protected, with the files in use.
    pub security: Security,
    /// The details of encryption.
    pub tls: TlsOptions,
}

impl Evidence {
    /// Takes what happened.
    pub(super) fn apply(&mut self, input: &Input) {
        match input {
            Input::Began { .. } => {
                // What this computer got stays with the target.
                let here = self.course.here().cloned().map(Box::new);
                self.course = Course::default();
                self.is_searching = false;
                self.course.take_here(here);
                self.deeds.clear();
            }
            Input::Steered { at, order } => {
                self.deeds.push_back((*at, order.clone()));
                if self.deeds.len() > MOST_DEEDS {
                    self.deeds.pop_front();
                }
            }
            Input::Searching(is_begun) => {
                self.is_searching = *is_begun;
                if *is_begun {
                    self.course.take_decided(None);
                }
            }
            Input::Decided(decided) => self.course.take_decided(Some((**decided).clone())),
            Input::Told { event, .. } if self.is_searching && !is_end(event) => return,
            Input::Told { event, .. } => {
                let before = self.course.revision();
                self.course.take(event);
                self.revision += u64::from(self.course.revision() != before);
                return;
            }
            Input::Asked { request, .. } => {
                let Request::Connect(connection) = &**request else { return };
                let target = Target {
                    host: connection.host.clone(),
                    port: connection.port,
                    security: connection.security.clone(),
                    tls: connection.tls.clone(),
                };
                if self.target.as_ref() != Some(&target) {
                    // What was true of another place or other files would mislead.
                    self.course.take_here(None);
                    self.course.take_decided(None);
                    self.target = Some(target);
                }
            }
            Input::Compared(here) => {
                let is_of_target =
                    self.target.as_ref().is_some_and(|target| target.host == here.host && target.port == here.port);
                if !is_of_target {
                    return;
                }
                self.course.take_here(Some(here.clone()));
            }
            _ => return,
        }
        self.revision += 1;
    }

    /// The course of the connection.
    pub const fn course(&self) -> &Course {
        &self.course
    }

    /// What this computer got, when it was asked to try.
    pub fn here(&self) -> Option<&Here> {
        self.course.here()
    }

    /// What the last connection was to reach.
    pub const fn target(&self) -> Option<&Target> {
        self.target.as_ref()
    }

    /// What the user did to the virtual modem shortly before `at`, the last of it.
    pub fn deed_before(&self, at: Moment) -> Option<&(Moment, String)> {
        self.deeds.iter().rfind(|(done, _)| *done <= at && at.since(*done) <= DEED_SHOWS)
    }

    /// Counts everything that may change a verdict.
    pub const fn revision(&self) -> u64 {
        self.revision
    }
}

/// Whether the link is gone, whoever used it.
const fn is_end(event: &Event) -> bool {
    matches!(event, Event::Closed { .. } | Event::Opened { .. })
}

/// Most deeds that are remembered.
const MOST_DEEDS: usize = 64;
/// What a hand did shows within this time: a keep alive may have to run out first.
const DEED_SHOWS: Duration = Duration::from_secs(30);
