//! Air780E Companion: a desktop window beside a 4G module.
//!
//! # The idea
//!
//! A pure core ([`modem`]) turns *bytes and time* into *bytes and events*; it knows the Air780E and nothing else. One
//! [`worker`] thread owns the core and one [`link`], and does nothing clever. A link is a serial port, a pipe to a virtual
//! modem or a pseudo terminal: the worker cannot tell which. The window's thread owns a model that only events
//! change; a view is computed from the model; panels draw a view and push actions. Actions become requests, requests become
//! bytes: there is no other way from a click to the wire.
//!
//! ```text
//!  UI thread                                              worker thread
//!  panels ◄── views ◄── model ◄── apply(event) ◄─events── outbox ◄── Modem (pure core)
//!    └─ actions ─► dispatch ─► requests ─────────────────────────────► │ bytes, time
//!                                                                      link: read / write
//!    serial port │ pipe ─► virtual modem ─► TCP ─► broker │ PTY ─► virtual modem
//! ```
//!
//! Everything below the panels runs in tests with a virtual clock, without threads, sleeps, ports or a screen.
//!
//! # Rules
//!
//! * `OK` is acceptance, never success. Accepted and confirmed are different states everywhere: in types, in the ladder, in
//!   the composer, in the log.
//! * Time is an argument. Only threads that own a clock make a [`time::Moment`].
//! * Facts live in the core, advice in the [`diagnosis`], wording in the language files: what is said travels as a key with its
//!   arguments ([`lang::Text`]) and becomes a sentence at the face.
//! * One question, one judge: [`diagnosis::diagnose`] is the only way to a finding, for the window, a check and a recording. All of
//!   them feed the same [`diagnosis::Course`]; what this computer gets by its own tries ([`here`]) is one of its facts.
//! * A scan is a case with nothing but what this computer got: the same rules, the same causes ([`diagnosis::Scan`]).
//! * A default order is never a cause. Where nothing points to one, the diagnosis is undecided and says which step would decide.
//! * What a command asks is said once, by the [`air780e::verb`] that travels with it; rules do not read AT text.
//! * A value on screen knows when it was seen and which command showed it: [`time::Observed`].
//! * A secret is masked where it is built into a line; it cannot reach a screen or a file by accident.
//! * The virtual modem ([`sim`]) is written from the vendor's documents alone and shares no code with the core: otherwise the
//!   two would agree on the same mistake.
//! * All channels are bounded, and who is refused is told.
//!
//! # Who may know whom
//!
//! What is not written here is forbidden; `tests/layers.rs` holds the `use` lines against the same table. It goes from the
//! ground up: a room uses only rooms that stand above it in the table. Within a room no files use each other in a circle; a
//! module and its own parts count as one, but for `app`, whose pages stand upon the application and which knows none of them,
//! and for the virtual modem, which is one machine. A new circle is told arrow by arrow.
//!
//! | Room | May use |
//! |---|---|
//! | [`time`], [`mqtt`], [`keys`], [`own_file`], [`payload`], [`stop_signal`], [`lang`] | nothing of ours |
//! | [`user_file`] | `keys`, `lang` |
//! | [`at`] | `time` |
//! | [`air780e`] | `at`, `keys`, `mqtt`, `lang`, `time` |
//! | [`modem`] | `air780e`, `at`, `keys`, `mqtt`, `lang`, `time` |
//! | [`trace`] | `keys`, `time` |
//! | [`tls`] | `time` |
//! | [`certs`] | `tls`, `time` |
//! | [`broker`] | `mqtt`, `tls`, `time` |
//! | [`sim`] | `mqtt`, `tls`, `certs`, `time`; never `at`, `air780e`, `modem` |
//! | `sim::net::simulated`, `sim::bench` | also `broker`; the bench also `modem`: the one place that sees both ends |
//! | [`link`] | `sim::host`, `time` |
//! | [`worker`] | `modem`, `link`, `trace`, `time` |
//! | [`diagnosis`] | `modem::{status, event}`, `air780e::{codes, limits, firmware, verb}`, `mqtt`, `tls`, `certs`, `lang`, `trace`, `time` |
//! | [`record`] | `modem`, `air780e`, `at`, `time` |
//! | [`report`] | `at`, `lang`, `trace` |
//! | [`doctor`] | `record`, `report`, `diagnosis`, `modem::{event, request, status}`, `air780e`, `at`, `keys`, `mqtt`, `lang`, `trace`, `user_file`, `time` |
//! | [`here`] | `diagnosis::{here, Fact}` (the types), `modem::request`, `tls`, `certs`, `mqtt`, `lang`, `time` |
//! | [`peer`] | `modem::request`, `tls`, `mqtt`, `time` |
//! | [`legs`] | `peer`, `modem::{event, request}`, `mqtt`, `time` |
//! | [`bisect`] | `diagnosis::{Changed, Decided}`, `modem::{event, plan, request}`, `tls`, `own_file`, `user_file`, `lang` |
//! | [`watch`] | `diagnosis`, `report`, `modem::{event, request, status}`, `user_file`, `lang`, `trace`, `time` |
//! | `model` | `modem::{check, event, plan, request, status}`, `diagnosis`, `peer`, `legs`, `mqtt`, `trace`, `time` |
//! | `settings` | `mqtt`, `lang` |
//! | `view` | `model`, `diagnosis`, `doctor`, `watch`, `report::Form`, `peer`, `legs`, `certs`, `settings`, `air780e::{codes, firmware, handbook, limits}`, `payload`, `mqtt`, `lang`, `trace`, `user_file`, `time` |
//! | `view::demo` | `model`, `sim::{scenario, steer}`, `diagnosis::catalogue`, `broker`, `settings`, `payload`, `lang`, `time` |
//! | `action` | `view`, `settings`, `link::spec`, `mqtt`, `lang` |
//! | `ui` | `view`, `action`, `lang`, `time`; not `model`, `modem`, `worker`, `link` |
//! | `app`, `cli` | everything; never each other |
//!
//! # Threads
//!
//! The window (model, settings) · `modem-worker` (modem, link, outbox; one a connection) · `virtual-modem` (and its sockets)
//! · `broker` · `peer` · `task-…` threads (port lists, dialogs; one for each log that is written, as long as its connection lives, one for a log that is read, until it is closed, one for the journal of a watch, and one that looks whether the computer slept). The worker looks
//! for wishes every 10 ms, and every 50 ms once nothing has happened for two seconds. The outbox never blocks the worker: the newest status wins,
//! terminal lines go first, and what was left out is counted and shown. A worker's death is an event. Each connection has a
//! generation; late events of an older one are ignored. A worker that ends takes no requests: a wish that meets it waits for
//! the next one, which opens the port when the old thread has let go of it.
//!
//! # Recipes
//!
//! What is added touches few files, and always the same ones. Each comes with its test.
//!
//! * **A cause and its rule**, two source files: the row in the stage's file of `diagnosis::catalogue` (number, key, remedy, what rules it
//!   out) and the rule in the stage's file of `diagnosis::rules`; its words are `cause-F-nnn` and `fix-F-nnn` in `assets/lang`, its
//!   tests one case that makes it speak and one in which it is silent.
//! * **A button**, five files: what is wanted as a variant in `action`, the control in its panel in `ui`, what is done in the
//!   page's file in `app`, and its word in two files of `assets/lang`. What the control shows beside that comes from `view`.
//! * **A log format**, two source files: a file of its own in `record::format` and its row in the table there.
//! * **A page**: the variant of `view::Page` and its row in `ui::pages` (key, picture, word, argument); then a file of its own in
//!   `view`, in `ui` and in `app`, an arm in `app`'s `draw` and `dispatch`, its wishes in `action`, its words in `assets/lang`.
//! * **A language**: a folder in `assets/lang` with the files of the others, its name in itself among them (`language-name`). Nothing
//!   else names it: window and command line offer what they find, and the tests walk every key of every folder.
//! * **An item for everybody** is reached by a face: `tests/unreachable.rs` compiles all rooms as one binary, and what is dead
//!   then needs a reason in `tests/unreachable.txt`.
//!
//! # Features
//!
//! `gui`, `serial` and `keyring` are on by default. Without them the library builds and passes every test outside the window: that wall
//! keeps the core pure.

pub mod air780e;
pub mod at;
pub mod bisect;
pub mod broker;
pub mod certs;
pub mod cli;
pub mod diagnosis;
pub mod doctor;
pub mod here;
pub mod keys;
pub mod lang;
pub mod legs;
pub mod link;
pub mod modem;
pub mod mqtt;
pub mod own_file;
pub mod payload;
pub mod peer;
pub mod record;
pub mod report;
pub mod sim;
pub mod stop_signal;
pub mod time;
pub mod tls;
pub mod trace;
pub mod user_file;
pub mod watch;
pub mod worker;

#[cfg(feature = "gui")]
pub mod action;
#[cfg(feature = "gui")]
pub mod app;
#[cfg(feature = "gui")]
pub mod model;
#[cfg(feature = "gui")]
pub mod settings;
#[cfg(feature = "gui")]
pub mod ui;
#[cfg(feature = "gui")]
pub mod view;
