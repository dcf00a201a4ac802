//! Why a question to the doctor makes no sense, why a log is not read, and what became of it meanwhile: in sentences.

use crate::{
    cli::tongue::Sentence,
    doctor::{Change, Stop},
    record,
    user_file::Fault,
};

/// A format that is not known.
pub(super) fn unknown_format(name: &str) -> Sentence {
    let known: Vec<_> = record::FORMATS.iter().map(|format| format.key).collect();
    let known = known.join(", ");
    Sentence::new(
        format!("there is no format {name:?}; leave --format out, or give one of these: {known}"),
        format!("没有名为 {name:?} 的格式；请去掉 --format，或选择其一：{known}"),
    )
}

/// Lines in the wrong order.
pub(super) fn no_lines(from: u32, to: u32) -> Sentence {
    Sentence::new(
        format!("there is no line from {from} to {to}; let --from be at most --to"),
        format!("第 {from} 行到第 {to} 行不存在；--from 不能大于 --to"),
    )
}

/// Why the log was not read to its end, and what to do.
pub(super) fn stopped(stop: &Stop) -> Sentence {
    match stop {
        Stop::Refused(fault) => refused(fault),
        Stop::Unreadable(detail) => Sentence::new(
            format!("{detail}; give the path of a file that can be read"),
            format!("{detail}；请指定可读取的文件"),
        ),
        Stop::Nothing => {
            Sentence::new("there is no text in its first 64 MiB; this is no log", "前 64 MiB 内没有文本，这不是日志")
        }
        Stop::Unwanted => Sentence::new("it was not read to its end", "没有读完"),
    }
}

/// What happened to the file while it was read.
pub(super) fn changed(change: Change) -> Sentence {
    match change {
        Change::Shrank { read, length } => Sentence::new(
            format!("the file shrank while it was read: {read} of {length} bytes were there"),
            format!("读取过程中文件变短：{length} 字节中只读到 {read}"),
        ),
        Change::Grew { read, length } => Sentence::new(
            format!("the file grew while it was read, from {length} to {read} bytes; what came later is read too"),
            format!("读取过程中文件变长（{length} → {read} 字节），新增部分也已读取"),
        ),
    }
}

fn refused(fault: &Fault) -> Sentence {
    let zh = match fault {
        Fault::Missing => "没有此文件，请检查路径",
        Fault::NoPermission => "当前用户无权读取，请修改权限或复制一份",
        Fault::Folder => "这是文件夹，请指定日志文件",
        Fault::NotRegular => "这是管道或设备而不是文件；请先保存日志，或通过管道传给 \"air780e doctor -\"",
        Fault::TooLarge { .. } | Fault::NotText { .. } | Fault::NoPath(_) | Fault::Other(_) => {
            "无法读取，请指定可读取的文件"
        }
    };
    let en = match fault {
        // A pipe without a writer, or a device, would never end.
        Fault::NotRegular => {
            "this is a pipe or a device and no file; save the log first, or pipe it into \"air780e doctor -\""
                .to_owned()
        }
        other => other.to_string(),
    };
    Sentence::new(en, zh)
}

/// A report about several logs.
pub(super) fn one_log() -> Sentence {
    Sentence::new(
        "a report is about one log; give one file with --report",
        "一份报告只对应一个日志；使用 --report 时请只给一个文件",
    )
}

/// A report in the place of its log.
pub(super) fn over_the_log(log: &str) -> Sentence {
    Sentence::new(
        format!("the report would be written over {log}; give --report another name"),
        format!("报告会覆盖 {log}，请为 --report 换一个文件名"),
    )
}

/// A report whose recording was too long for it.
pub(super) fn carries_nothing() -> Sentence {
    Sentence::new(
        "this report carries no recording; open the log that it was made of",
        "此报告未附带记录，请打开生成它的日志",
    )
}
