//! Wishes on their way in: refused now, or waiting their turn; and how they are taken back.

use crate::{
    air780e::{limits, raw},
    modem::{
        board::Board,
        check,
        event::{Delivery, Event, Fault, PublishUpdate},
        flow::{close::CloseSession, watched::WatchedFlow},
        request::{Connection, Request, RequestId},
        status::Session,
    },
    mqtt::Filter,
    time::Moment,
};

use super::{
    Schedule,
    job::{Aim, Job, Kind, fail},
    wish::Wish,
};

impl Schedule {
    /// Takes a wish: refuses it now, or lets it wait its turn.
    pub(crate) fn take(&mut self, now: Moment, id: RequestId, request: Request, board: &mut Board) {
        match request {
            Request::Connect(connection) => self.take_connect(now, id, connection, board),
            Request::Recover => self.take_recover(now, id, board),
            Request::Disconnect => self.take_disconnect(now, id, board),
            Request::Cancel(target) => {
                self.cancel(now, target, board);
                board.finish(now, id, Ok(()));
            }
            request => self.take_plain(now, id, request, board),
        }
    }

    /// Takes the dialogue of a line that somebody else has sent; nothing else runs or waits then.
    pub(crate) fn take_watched(&mut self, id: RequestId, line: &str) {
        self.queue.push_back(Job::new(id, Kind::Free, Box::new(WatchedFlow::new(id, line))));
    }

    /// Takes a wish that only needs its turn.
    fn take_plain(&mut self, now: Moment, id: RequestId, request: Request, board: &mut Board) {
        if request == Request::Restart {
            self.stop_return(now, board);
        }
        let publishes = matches!(request, Request::Publish(_));
        match &request {
            Request::Unsubscribe(filter) if self.wants_no_more(now, filter, board) => {
                return board.finish(now, id, Ok(()));
            }
            Request::Publish(message) => {
                let limit = limits::payload(board.status().printed_limits());
                check::warn(now, &limit, message.payload.len(), board);
            }
            Request::Raw(line) => {
                let quoted = raw::quoted_message(line).map_or(0, str::len);
                check::warn(now, &limits::QUOTED, quoted, board);
            }
            _ => {}
        }
        let Some(wish) = Wish::of(id, request) else { return };
        if self.admit(now, id, wish, board) && publishes {
            board.tell(Event::Publish(PublishUpdate { at: now, id, delivery: Delivery::Queued }));
        }
    }

    /// A topic filter that is taken away while there is no session: nobody has to be told, and no later session asks for it.
    /// `false` when it was not wanted, or when there is a broker to tell.
    fn wants_no_more(&self, now: Moment, filter: &Filter, board: &mut Board) -> bool {
        let is_told = board.status().session == Session::Connected || self.has_large();
        if is_told || board.status().subscriptions.iter().all(|known| known.filter != *filter) {
            return false;
        }
        board.status_mut().subscriptions.retain(|known| known.filter != *filter);
        board.tell(Event::Subscription { at: now, filter: filter.clone(), result: Ok(false) });
        true
    }

    fn take_connect(&mut self, now: Moment, id: RequestId, connection: Box<Connection>, board: &mut Board) {
        let checked = check::connection(&connection).into_iter().next().map_or(Ok(()), |first| Err(first.why));
        if checked.is_ok() {
            check::warn(now, &limits::KEEP_ALIVE, connection.keep_alive.into(), board);
            self.stop_return(now, board);
            if !self.is_busy() {
                self.keeper.take(&connection, board);
            }
        }
        self.admit(now, id, Wish::connect(id, checked, connection), board);
    }

    fn take_recover(&mut self, now: Moment, id: RequestId, board: &mut Board) {
        self.stop_return(now, board);
        match self.keeper.wanted(board) {
            None => board.finish(now, id, Err(Fault::NotConnected)),
            Some(connection) => {
                self.admit(now, id, Wish::recover(id, connection), board);
            }
        }
    }

    /// A running bring-up or connect is stopped first.
    fn take_disconnect(&mut self, now: Moment, id: RequestId, board: &mut Board) {
        self.stop_return(now, board);
        let large = self.main.iter().chain(&self.queue).filter(|job| job.kind == Kind::Large || job.flow.is_lasting());
        for target in large.filter_map(|job| job.id).collect::<Vec<_>>() {
            self.cancel(now, target, board);
        }
        self.queue.push_back(Job::new(id, Kind::Large, Box::new(CloseSession::new())));
    }

    /// Lets a wish wait its turn, unless it cannot be fulfilled now; returns whether it waits.
    fn admit(&mut self, now: Moment, id: RequestId, wish: Wish, board: &mut Board) -> bool {
        let Wish { mut job, checked } = wish;
        let result = checked.and_then(|()| self.may_wait(job.kind, board));
        if result.is_ok() {
            self.queue.push_back(job);
            return true;
        }
        job.flow.settle(now, &result, false, board);
        board.finish(now, id, result);
        false
    }

    /// One large wish at a time; a try of our own that is ending does not stand in the way.
    fn may_wait(&self, kind: Kind, board: &Board) -> Result<(), Fault> {
        match kind {
            Kind::Large if self.is_busy() => Err(Fault::Busy),
            Kind::InSession if board.status().session != Session::Connected && !self.has_large() => {
                Err(Fault::NotConnected)
            }
            Kind::Large | Kind::InSession | Kind::Free => Ok(()),
        }
    }

    /// A try of our own makes room for what the user wants.
    fn stop_return(&mut self, now: Moment, board: &mut Board) {
        self.keeper.let_go(board);
        self.queue.retain(|job| job.aim != Aim::Reopen);
        if self.main.as_ref().is_some_and(|job| job.aim == Aim::Reopen) {
            self.stop(now, false, board);
        }
    }

    fn cancel(&mut self, now: Moment, target: RequestId, board: &mut Board) {
        if let Some(index) = self.queue.iter().position(|job| job.id == Some(target)) {
            let job = self.queue.remove(index);
            return fail(now, job, &Fault::Cancelled, board);
        }
        for is_side in [false, true] {
            if self.slot(is_side).as_ref().is_some_and(|job| job.id == Some(target)) {
                self.stop(now, is_side, board);
            }
        }
    }

    /// Stops a job; what it has on the wire is awaited first.
    fn stop(&mut self, now: Moment, is_side: bool, board: &mut Board) {
        let is_asked = self.asked.is_some_and(|asked| asked.is_side == is_side);
        let slot = self.slot(is_side);
        let Some(mut job) = slot.take() else { return };
        if is_asked {
            *slot = Some(Job { is_cancelled: true, ..job });
            return;
        }
        (job.wake, job.wants, job.again) = (None, None, None);
        let turn = job.flow.cancel(now, board);
        self.put_back(now, job, is_side, turn, board);
    }
}
