//! The icons: our own small SVGs, one family, coloured by the text beside them.

use eframe::egui::{Color32, Image, ImageSource, include_image, vec2};

use crate::ui::theme::size;

/// One icon of the family.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Icon {
    /// A plug: the Connect page, a serial port.
    Plug,
    /// Two bubbles: the Messages page.
    Messages,
    /// A sheet with a seal: the Certificates page.
    Certificate,
    /// A stopwatch: the Latency page.
    Latency,
    /// A heart's line: the Watch page.
    Watch,
    /// A stethoscope: the Troubleshoot page.
    Troubleshoot,
    /// A prompt: the Terminal page.
    Terminal,
    /// Two sliders: the Settings page.
    Settings,
    /// A sun: light.
    Sun,
    /// A moon: dark.
    Moon,
    /// Half and half: as the system.
    System,
    /// A chip: the module.
    Chip,
    /// A screen on its foot: this computer.
    Computer,
    /// Two arrows in a circle: look again.
    Reload,
    /// A plus.
    Add,
    /// A cross: take away, close.
    Close,
    /// A bin: delete.
    Delete,
    /// Two sheets: copy, duplicate.
    Copy,
    /// A floppy: save.
    Save,
    /// An arrow into the distance: send.
    Send,
    /// A magnifier: search.
    Search,
    /// A funnel: filter.
    Filter,
    /// Two bars: pause.
    Pause,
    /// A triangle: go on.
    Play,
    /// Points down: open.
    Down,
    /// Points right: folded.
    Right,
    /// Arrow down: received.
    Received,
    /// Arrow up: sent.
    SentUp,
    /// A tray with an arrow: export.
    Export,
    /// A pencil: change a name.
    Edit,
    /// A written sheet: a template.
    Template,
    /// Braces: a placeholder, JSON.
    Braces,
    /// Two arrows in a loop: again and again.
    Repeat,
    /// A line over axes: draw a chart.
    Chart,
    /// A pin: kept by the broker.
    Pin,
    /// A folder: choose a file.
    Folder,
    /// An eraser: clear a kept value.
    Eraser,
    /// Arrows apart: open all.
    Expand,
    /// Arrows together: close all.
    Collapse,
    /// A square: stop.
    Stop,
    /// Lines that grow shorter beside an arrow: the order of a list.
    Order,
}

/// The picture of `icon` in `color`, at the size of the family.
pub fn icon(icon: Icon, color: Color32) -> Image<'static> {
    Image::new(source(icon)).tint(color).fit_to_exact_size(vec2(size::ICON, size::ICON))
}

fn source(icon: Icon) -> ImageSource<'static> {
    match icon {
        Icon::Plug => include_image!("../../../assets/icons/plug.svg"),
        Icon::Messages => include_image!("../../../assets/icons/messages.svg"),
        Icon::Certificate => include_image!("../../../assets/icons/certificate.svg"),
        Icon::Folder => include_image!("../../../assets/icons/folder.svg"),
        Icon::Latency => include_image!("../../../assets/icons/latency.svg"),
        Icon::Watch => include_image!("../../../assets/icons/watch.svg"),
        Icon::Troubleshoot => include_image!("../../../assets/icons/troubleshoot.svg"),
        Icon::Terminal => include_image!("../../../assets/icons/terminal.svg"),
        Icon::Settings => include_image!("../../../assets/icons/settings.svg"),
        Icon::Sun => include_image!("../../../assets/icons/sun.svg"),
        Icon::Moon => include_image!("../../../assets/icons/moon.svg"),
        Icon::System => include_image!("../../../assets/icons/system.svg"),
        Icon::Chip => include_image!("../../../assets/icons/chip.svg"),
        Icon::Computer => include_image!("../../../assets/icons/computer.svg"),
        Icon::Reload => include_image!("../../../assets/icons/reload.svg"),
        Icon::Add => include_image!("../../../assets/icons/add.svg"),
        Icon::Close => include_image!("../../../assets/icons/close.svg"),
        Icon::Delete => include_image!("../../../assets/icons/delete.svg"),
        Icon::Copy => include_image!("../../../assets/icons/copy.svg"),
        Icon::Save => include_image!("../../../assets/icons/save.svg"),
        Icon::Send => include_image!("../../../assets/icons/send.svg"),
        Icon::Search => include_image!("../../../assets/icons/search.svg"),
        Icon::Filter => include_image!("../../../assets/icons/filter.svg"),
        Icon::Pause => include_image!("../../../assets/icons/pause.svg"),
        Icon::Play => include_image!("../../../assets/icons/play.svg"),
        Icon::Down => include_image!("../../../assets/icons/down.svg"),
        Icon::Right => include_image!("../../../assets/icons/right.svg"),
        Icon::Received => include_image!("../../../assets/icons/received.svg"),
        Icon::SentUp => include_image!("../../../assets/icons/sent-up.svg"),
        Icon::Export => include_image!("../../../assets/icons/export.svg"),
        Icon::Edit => include_image!("../../../assets/icons/edit.svg"),
        Icon::Template => include_image!("../../../assets/icons/template.svg"),
        Icon::Order => include_image!("../../../assets/icons/order.svg"),
        Icon::Braces => include_image!("../../../assets/icons/braces.svg"),
        Icon::Repeat => include_image!("../../../assets/icons/repeat.svg"),
        Icon::Chart => include_image!("../../../assets/icons/chart.svg"),
        Icon::Pin => include_image!("../../../assets/icons/pin.svg"),
        Icon::Eraser => include_image!("../../../assets/icons/eraser.svg"),
        Icon::Expand => include_image!("../../../assets/icons/expand.svg"),
        Icon::Collapse => include_image!("../../../assets/icons/collapse.svg"),
        Icon::Stop => include_image!("../../../assets/icons/stop.svg"),
    }
}
