//! What a subscriber's connection carries: a ceiling for its video layers, lowered when packets
//! get lost and raised again, carefully, when none do.
//!
//! Loss is measured by the receiver and reported in transport-wide feedback. It comes after the
//! damage, but it never mistakes a pause of the sender for a narrow line, as an estimate of
//! bandwidth does that is fed by little traffic.

use crate::layers::MAX_LAYERS;

/// Loss above this, in two reports running, lowers the ceiling.
const HEAVY_LOSS: f32 = 0.10;
/// Loss below this counts as none.
const LIGHT_LOSS: f32 = 0.02;
const BAD_REPORTS: u32 = 2;
/// Clean reports before the ceiling is raised; doubled each time that a raise did not hold.
const CLEAN_REPORTS: u32 = 5;
const MOST_CLEAN_REPORTS: u32 = 80;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Downlink {
    ceiling: usize,
    bad: u32,
    clean: u32,
    /// Clean reports that the next raise takes.
    patience: u32,
    /// The last change was a raise.
    raised: bool,
}

impl Default for Downlink {
    fn default() -> Self {
        Self {
            ceiling: MAX_LAYERS - 1,
            bad: 0,
            clean: 0,
            patience: CLEAN_REPORTS,
            raised: false,
        }
    }
}

impl Downlink {
    /// The highest layer to send.
    pub fn ceiling(&self) -> usize {
        self.ceiling
    }

    /// Takes a report of the fraction of packets lost. Returns whether the ceiling changed.
    pub fn report(&mut self, loss: f32) -> bool {
        if loss > HEAVY_LOSS {
            self.clean = 0;
            self.bad += 1;
            if self.bad < BAD_REPORTS || self.ceiling == 0 {
                return false;
            }
            self.bad = 0;
            self.ceiling -= 1;
            if self.raised {
                self.patience = (self.patience * 2).min(MOST_CLEAN_REPORTS);
            }
            self.raised = false;
            return true;
        }
        self.bad = 0;
        if loss > LIGHT_LOSS {
            self.clean = 0;
            return false;
        }
        self.clean += 1;
        if self.clean < self.patience || self.ceiling == MAX_LAYERS - 1 {
            return false;
        }
        self.clean = 0;
        self.ceiling += 1;
        self.raised = true;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(downlink: &mut Downlink, loss: f32, times: u32) {
        for _ in 0..times {
            downlink.report(loss);
        }
    }

    #[test]
    fn a_single_bad_report_changes_nothing() {
        let mut downlink = Downlink::default();
        report(&mut downlink, 0.5, 1);
        report(&mut downlink, 0.0, 1);
        report(&mut downlink, 0.5, 1);
        assert_eq!(downlink.ceiling(), 2);
    }

    #[test]
    fn lasting_loss_lowers_to_the_smallest_layer_and_no_further() {
        let mut downlink = Downlink::default();
        report(&mut downlink, 0.3, 20);
        assert_eq!(downlink.ceiling(), 0);
    }

    #[test]
    fn a_raise_that_did_not_hold_makes_the_next_one_take_longer() {
        let mut downlink = Downlink::default();
        report(&mut downlink, 0.3, BAD_REPORTS);
        report(&mut downlink, 0.0, CLEAN_REPORTS);
        assert_eq!(downlink.ceiling(), 2);
        report(&mut downlink, 0.3, BAD_REPORTS);
        report(&mut downlink, 0.0, CLEAN_REPORTS);
        assert_eq!(downlink.ceiling(), 1);
        report(&mut downlink, 0.0, CLEAN_REPORTS);
        assert_eq!(downlink.ceiling(), 2);
    }
}
