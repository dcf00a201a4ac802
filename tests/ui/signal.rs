//! The signal beside the publishes: the whole application against the virtual modem.

use air780e_companion::{
    app::Options,
    model::{
        Generation, Input,
        event::{Delivery, Event, PublishUpdate},
        request::RequestId,
    },
    time::Moment,
    view::Page,
};

use crate::kit::Window;

/// The news that a publish ended so many seconds after the port was opened.
fn ended(seconds: u64) -> Input {
    let delivery = Delivery::Accepted { accept: std::time::Duration::from_millis(20) };
    let update = PublishUpdate { at: Moment::from_millis(seconds * 1_000), id: RequestId(u64::MAX), delivery };
    Input::Told { generation: Generation(1), event: Event::Publish(update) }
}

fn readings(window: &Window<'_>) -> usize {
    window.words().matches("→ AT+CSQ").count()
}

#[test]
fn a_publish_brings_a_new_reading_of_the_signal_when_the_last_one_is_old() {
    let options = Options { connects_virtual: true, page: Page::Terminal, ..Options::default() };
    let mut window = Window::open(options);
    window.wait("connected", |window| window.can_click("Disconnect"));
    let at_first = readings(&window);
    window.load([ended(3_600), ended(3_601), ended(3_609)]);
    window.wait("the signal was read", |window| readings(window) == at_first + 1);
    window.load([ended(3_609)]);
    // Whatever was asked for before this line is on the screen with it.
    window.type_into("AT command", "AT+CGATT?");
    window.click("Send");
    window.wait_for("→ AT+CGATT?");
    assert_eq!(readings(&window), at_first + 1, "{}", window.words());
    window.load([ended(3_610)]);
    window.wait("the signal was read again", |window| readings(window) == at_first + 2);
}
