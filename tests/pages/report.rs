//! The report before it goes out: what is masked in it, and what each control asks.

use std::{cell::RefCell, sync::Arc};

use air780e_companion::{
    action::{Action, ReportAction},
    lang::{Lang, Translator},
    ui::{Cx, report::report_ui, theme},
    view::report::{Form, Screen},
};
use eframe::egui::{Event, accesskit::Role, vec2};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};

struct Desk {
    translator: Translator,
    actions: RefCell<Vec<Action>>,
}

fn shown(screen: Screen) -> Harness<'static, Desk> {
    let desk = Desk { translator: Translator::new(Lang::En), actions: RefCell::default() };
    let mut harness =
        Harness::builder().with_size(vec2(1_000.0, 640.0)).with_context_setup(theme::install).build_ui_state(
            move |ui, desk: &mut Desk| {
                let mut cx =
                    Cx { lang: &desk.translator, tokens: theme::Tokens::of(ui), actions: desk.actions.get_mut() };
                report_ui(ui, &mut cx, &screen);
            },
            desk,
        );
    harness.run();
    harness
}

fn taken(harness: &Harness<'static, Desk>) -> Vec<Action> {
    harness.state().actions.take()
}

fn made() -> Screen {
    let lines = ["Report on customer.log", "    > 9: AT+MCONFIG=\"****\",\"u\",***", "OK"];
    let preview: Arc<[String]> = lines.iter().map(|line| (*line).to_owned()).collect();
    Screen { preview: Some(preview), is_both: true, ..Screen::default() }
}

#[test]
fn what_is_masked_is_counted_and_more_can_be_hidden() {
    let mut harness = shown(made());
    harness.get_by_label("Lines in which something is masked: 1");
    harness.get_by_label("    > 9: AT+MCONFIG=\"****\",\"u\",***");
    harness.get_by_label("Hide these words too").click();
    harness.run();
    harness.event(Event::Text("broker".to_owned()));
    harness.run();
    assert!(taken(&harness).contains(&Action::Report(ReportAction::Hide("broker".to_owned()))));
    assert_eq!(Screen { hidden: "a, b，c ,".to_owned(), ..made() }.words(), ["a", "b", "c"]);
}

#[test]
fn it_is_saved_or_copied_in_the_form_that_is_wanted() {
    let mut harness = shown(made());
    for (name, wish) in [
        ("Save …", ReportAction::Save),
        ("Copy as Markdown", ReportAction::Copy(Form::Markdown)),
        ("Copy as plain text", ReportAction::Copy(Form::Text)),
        ("Cancel", ReportAction::Ask(false)),
    ] {
        harness.get_by_role_and_label(Role::Button, name).click();
        harness.run();
        assert_eq!(taken(&harness), [Action::Report(wish)]);
    }
    harness.get_by_role_and_label(Role::CheckBox, "Both languages").click();
    harness.run();
    assert_eq!(taken(&harness), [Action::Report(ReportAction::Both(false))]);
    harness.get_by_role_and_label(Role::ComboBox, "Form").click();
    harness.run();
    harness.get_by_role_and_label(Role::Button, "Markdown (.md)").click();
    harness.run();
    assert_eq!(taken(&harness), [Action::Report(ReportAction::Form(Form::Markdown))]);
}

#[test]
fn nothing_goes_out_before_it_is_made() {
    let harness = shown(Screen::default());
    harness.get_by_label("The report is being made …");
    let save = harness.get_by_role_and_label(Role::Button, "Save …");
    assert!(save.accesskit_node().is_disabled());
    // the report is being made
}
