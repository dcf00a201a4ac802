//! A watch against the virtual modem, where more is needed than the weather brings.

use std::time::Duration;

use super::{Entry, Finder, Plan, Quiet, Summary, Wall, Watch, Way, Wish};
use crate::{
    modem::request::{Connection, Reconnect, Request},
    mqtt::{Message, Qos},
    sim::{
        Steer, VirtualSpec,
        bench::{World, broker, connection},
    },
    time::Moment,
};

fn plan() -> Plan {
    Plan {
        t: Wall::default(),
        version: Plan::VERSION,
        for_s: 36_000,
        publish_every_s: None,
        qos: 0,
        signal_every_s: Some(60),
        keep_alive_s: 120,
        broker: "broker.test:1883".to_owned(),
        max_drops: None,
    }
}

/// A world, and who watches it.
struct Desk {
    world: World,
    watch: Watch,
    told: Vec<Entry>,
    /// How often the harsher ways were asked for.
    recovers: u32,
}

impl Desk {
    fn new(earlier: Option<Summary>) -> Self {
        let mut desk = Self {
            world: World::new(&VirtualSpec::default(), broker(&[])),
            watch: Watch::begin(plan(), earlier, Wall::default(), "virtual"),
            told: Vec::new(),
            recovers: 0,
        };
        let anchor = crate::time::WallAnchor::new(chrono::DateTime::default());
        let opened = crate::modem::event::Event::Opened { port: "virtual".to_owned(), anchor, is_simulated: true };
        desk.watch.event(Moment::ZERO, &opened);
        desk
    }

    fn grant(&mut self, wish: Wish) {
        let reconnect = Some(Reconnect { first_pause: Duration::from_secs(1), ..Reconnect::default() });
        let request = match wish {
            Wish::Connect => Request::Connect(Box::new(Connection { reconnect, ..connection() })),
            Wish::Recover => Request::Recover,
            Wish::ReadSignal => Request::ReadSignal,
            Wish::ReadDetails => Request::ReadDetails,
            Wish::ReadSession => Request::Raw("AT+MQTTSTATU".to_owned()),
            Wish::Publish(_) => panic!("nothing is published here"),
        };
        self.recovers += u32::from(wish == Wish::Recover);
        let id = self.world.request(request);
        self.watch.asked(wish, Some(id));
    }

    /// Lets so many seconds pass.
    fn run(&mut self, seconds: u64) {
        for _ in 0..seconds * 10 {
            self.world.run_for(Duration::from_millis(100));
            for event in std::mem::take(&mut self.world.events) {
                self.watch.event(self.world.now(), &event);
            }
            self.watch.tick(self.world.now());
            while let Some(wish) = self.watch.poll_wish() {
                self.grant(wish);
            }
            self.told.extend(std::iter::from_fn(|| self.watch.poll_entry()));
        }
    }

    fn tried(&self) -> Vec<Way> {
        let tried =
            self.told.iter().filter_map(|entry| if let Entry::Try { way, .. } = entry { Some(*way) } else { None });
        let mut ways: Vec<_> = tried.collect();
        ways.dedup();
        ways
    }
}

#[test]
fn harsher_ways_follow_the_mild_ones_and_a_hand_is_asked_for_at_last() {
    let mut desk = Desk::new(None);
    desk.run(10);
    assert!(desk.watch.is_up());
    let now = desk.world.now();
    desk.world.net.set_down(now, true);
    desk.run(150);
    assert_eq!((desk.tried(), desk.recovers), (vec![Way::Link], 0), "mildly for three minutes");
    desk.run(600);
    assert_eq!(desk.tried(), [Way::Link, Way::Context, Way::Radio, Way::Module], "{:#?}", desk.told);
    assert!(desk.told.iter().any(|entry| matches!(entry, Entry::Hand { .. })), "nothing helped");
    assert_eq!(desk.recovers, 1, "not again at once");
    let now = desk.world.now();
    desk.world.net.set_down(now, false);
    desk.run(120);
    assert!(desk.watch.is_up());
    let [drop] = &desk.watch.summary().drops[..] else { panic!("{:?}", desk.watch.summary().drops) };
    assert_eq!((drop.finding.as_deref(), drop.end.is_some()), (Some("F-189"), true), "{drop:?}");
}

#[test]
fn a_session_that_was_lost_while_the_computer_slept_is_no_drop() {
    let mut desk = Desk::new(None);
    desk.run(10);
    let before = desk.world.now();
    desk.watch.was_away(before, before, Duration::from_hours(8));
    desk.world.steer(Steer::Kick);
    desk.run(10);
    assert!(desk.watch.is_up() && desk.watch.summary().drops.is_empty(), "{:#?}", desk.told);
    assert_eq!(desk.watch.summary().unwatched, Duration::from_hours(8));
    desk.run(60);
    desk.world.steer(Steer::Kick);
    desk.run(10);
    assert_eq!(desk.watch.summary().drops.len(), 1, "what follows is one again");
}

#[test]
fn a_session_that_outlived_the_sleep_is_shown_by_the_module() {
    let mut desk = Desk::new(None);
    desk.run(10);
    let before = desk.world.now();
    desk.watch.was_away(before, before, Duration::from_hours(8));
    desk.run(10);
    desk.world.steer(Steer::Kick);
    desk.run(10);
    assert_eq!(desk.watch.summary().drops.len(), 1, "{:#?}", desk.told);
}

/// The longest quiet time is found on the module's own lines, on a path that forgets idle connections.
#[test]
fn the_limit_of_a_path_is_found() {
    for limit in [45, 130, 290, 2_000] {
        let mut world = World::new(&VirtualSpec::default(), broker(&[]));
        world.net.forget_idle(Some(Duration::from_secs(limit)));
        let wanted = Connection { keep_alive: 2_400, ..connection() };
        let message =
            Message { topic: "t".parse().expect("a topic"), payload: Vec::new(), qos: Qos::AtLeastOnce, retain: false };
        let mut finder = Finder::new(Duration::from_secs(30), Duration::from_mins(20));
        let mut is_open = false;
        while let Some(quiet) = finder.quiet() {
            if !is_open {
                assert_eq!(world.perform(Request::Connect(Box::new(wanted.clone()))), Some(Ok(())), "{limit}");
            }
            world.run_for(quiet);
            is_open = world.perform(Request::Publish(message.clone())) == Some(Ok(()));
            finder.tell(if is_open { Quiet::Survived } else { Quiet::Cut });
            world.events.clear();
        }
        let (found, limit) = (finder.found(), Duration::from_secs(limit));
        assert!(found.survived.is_some_and(|survived| survived < limit), "{limit:?}: {found:?}");
        let is_near = |cut: Duration| cut + Duration::from_secs(1) >= limit && cut <= limit + limit / 5;
        assert!(found.cut.map_or(limit > Duration::from_mins(20), is_near), "{limit:?}: {found:?}");
    }
}
