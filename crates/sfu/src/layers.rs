//! Which simulcast layer a subscriber gets: a pure choice from what it asked for and what flows.

use livekit_protocol::VideoQuality;

/// Rids q, h and f: at most three layers, the smallest first.
pub const MAX_LAYERS: usize = 3;

/// One layer of a publication as the choice sees it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LayerState {
    /// Pixels, 0 where the publisher did not say.
    pub width: u32,
    pub height: u32,
    /// Packets arrive. A publisher short of bandwidth stops its upper layers.
    pub live: bool,
}

/// What a subscriber asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wish {
    /// False while the picture is not on screen.
    pub enabled: bool,
    pub quality: VideoQuality,
    /// Size of the element that shows the picture, in pixels; 0 where unknown. It outweighs
    /// `quality`, which clients leave at its default beside a size.
    pub width: u32,
    pub height: u32,
    /// The highest layer that this subscriber's connection carries at present.
    pub ceiling: usize,
}

impl Default for Wish {
    fn default() -> Self {
        Self {
            enabled: true,
            quality: VideoQuality::High,
            width: 0,
            height: 0,
            ceiling: MAX_LAYERS - 1,
        }
    }
}

/// The layer to send, or `None` for none. A layer that is not live is chosen only when none is,
/// so that its first key frame is taken.
pub fn choose(wish: &Wish, layers: &[LayerState]) -> Option<usize> {
    if !wish.enabled || wish.quality == VideoQuality::Off || layers.is_empty() {
        return None;
    }
    let wanted = wanted_layer(wish, layers).min(wish.ceiling);
    let below = (0..=wanted).rev().find(|&layer| layers[layer].live);
    let above = || (wanted + 1..layers.len()).find(|&layer| layers[layer].live);
    Some(below.or_else(above).unwrap_or(wanted))
}

fn wanted_layer(wish: &Wish, layers: &[LayerState]) -> usize {
    let highest = layers.len() - 1;
    if wish.width > 0 && wish.height > 0 {
        // A portrait picture in a landscape element is judged by its long and short sides.
        let (long, short) = sides(wish.width, wish.height);
        return layers
            .iter()
            .position(|layer| {
                let (layer_long, layer_short) = sides(layer.width, layer.height);
                layer_long >= long && layer_short >= short
            })
            .unwrap_or(highest);
    }
    match wish.quality {
        VideoQuality::Low | VideoQuality::Off => 0,
        VideoQuality::Medium => 1.min(highest),
        VideoQuality::High => highest,
    }
}

fn sides(width: u32, height: u32) -> (u32, u32) {
    (width.max(height), width.min(height))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layers(live: [bool; 3]) -> Vec<LayerState> {
        let sizes = [(320, 180), (640, 360), (1280, 720)];
        sizes
            .iter()
            .zip(live)
            .map(|(&(width, height), live)| LayerState {
                width,
                height,
                live,
            })
            .collect()
    }

    fn wish(width: u32, height: u32, quality: VideoQuality) -> Wish {
        Wish {
            quality,
            width,
            height,
            ..Wish::default()
        }
    }

    #[test]
    fn size_outweighs_quality() {
        let all = layers([true; 3]);
        assert_eq!(choose(&wish(600, 300, VideoQuality::Low), &all), Some(1));
        assert_eq!(choose(&wish(0, 0, VideoQuality::Low), &all), Some(0));
        assert_eq!(choose(&wish(4000, 3000, VideoQuality::Low), &all), Some(2));
        assert_eq!(choose(&wish(180, 320, VideoQuality::High), &all), Some(0));
    }

    #[test]
    fn the_nearest_live_layer_stands_in_for_a_silent_one() {
        let high = Wish::default();
        assert_eq!(choose(&high, &layers([true, true, false])), Some(1));
        assert_eq!(
            choose(
                &wish(10, 10, VideoQuality::Low),
                &layers([false, false, true])
            ),
            Some(2)
        );
        assert_eq!(choose(&high, &layers([false; 3])), Some(2));
    }

    #[test]
    fn a_hidden_picture_is_not_sent() {
        let hidden = Wish {
            enabled: false,
            ..Wish::default()
        };
        assert_eq!(choose(&hidden, &layers([true; 3])), None);
        assert_eq!(choose(&Wish::default(), &[]), None);
    }

    #[test]
    fn the_ceiling_of_the_connection_holds_against_the_wish() {
        let narrow = Wish {
            ceiling: 0,
            ..Wish::default()
        };
        assert_eq!(choose(&narrow, &layers([true; 3])), Some(0));
    }

    #[test]
    fn a_publication_with_one_layer_sends_it_whatever_is_asked() {
        let single = [LayerState {
            width: 1280,
            height: 720,
            live: true,
        }];
        for quality in [VideoQuality::Low, VideoQuality::Medium, VideoQuality::High] {
            assert_eq!(choose(&wish(0, 0, quality), &single), Some(0));
        }
    }
}
