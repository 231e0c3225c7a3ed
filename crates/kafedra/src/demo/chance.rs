//! Chance that falls the same way every time: SplitMix64, so that no library's update moves the city.

use uuid::Uuid;

/// A stream of numbers that its seed decides.
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    pub fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 to `below`, itself excluded; 0 for 0.
    pub fn below(&mut self, below: usize) -> usize {
        match u64::try_from(below) {
            Ok(below) if below > 0 => usize::try_from(self.next() % below).unwrap_or_default(),
            _ => 0,
        }
    }

    /// True `percent` times of a hundred.
    pub fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of the items; the lists here are never empty, an empty one gives `T`'s default.
    pub fn pick<T: Copy + Default>(&mut self, items: &[T]) -> T {
        items
            .get(self.below(items.len()))
            .copied()
            .unwrap_or_default()
    }

    /// A UUIDv7 of the day the founding passport was approved; later ones sort later.
    pub fn id(&mut self, number: usize) -> Uuid {
        const APPROVED: u64 = 1_491_177_600_000;
        let mut bytes = [0; 10];
        for (byte, chance) in bytes.iter_mut().zip(
            self.next()
                .to_be_bytes()
                .into_iter()
                .chain(self.next().to_be_bytes()),
        ) {
            *byte = chance;
        }
        let offset = u64::try_from(number).unwrap_or_default();
        uuid::Builder::from_unix_timestamp_millis(APPROVED + offset, &bytes).into_uuid()
    }
}
