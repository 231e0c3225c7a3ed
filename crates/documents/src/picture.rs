//! Pictures that people give for papers: arms and signatures.
//!
//! A picture is looked at once, when it is given: told by its bytes, refused before it is unpacked
//! when it would be huge, brought to the size that print needs and written anew as PNG. What is kept
//! therefore holds nothing but pixels, and no paper fails or swells because of it.

use std::io::Cursor;

use png::{BitDepth, ColorType, Transformations};
use zune_jpeg::{
    JpegDecoder,
    zune_core::{bytestream::ZCursor, colorspace::ColorSpace, options::DecoderOptions},
};

/// Largest file, in bytes.
pub const LARGEST: usize = 5 * 1024 * 1024;
/// Most pixels along one side of what is given.
const WIDEST: usize = 6000;
/// Most pixels of what is given: they are unpacked once.
const MOST_PIXELS: usize = 24_000_000;
/// Pixels along the longer side of what is kept: 400 to the inch at 45 mm.
const KEPT: usize = 700;

/// A picture that a paper can show. Cheap to clone; packed once, however often it is printed.
#[derive(Debug, Clone)]
pub struct Picture {
    image: krilla::image::Image,
}

/// Why a picture was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    #[error("neither PNG nor JPEG")]
    Kind,
    #[error("more pixels than are unpacked")]
    TooBig,
    #[error("begins like a picture and is none")]
    Broken,
}

impl Picture {
    /// Takes what somebody gave, whatever its name was: a PNG file to be kept.
    ///
    /// # Errors
    ///
    /// [`PictureError`], which says why.
    pub fn take(given: &[u8]) -> Result<Vec<u8>, PictureError> {
        let pixels = if given.starts_with(b"\x89PNG\r\n\x1a\n") {
            Pixels::of_png(given)?
        } else if given.starts_with(b"\xff\xd8\xff") {
            Pixels::of_jpeg(given)?
        } else {
            return Err(PictureError::Kind);
        };
        pixels.smaller().png().ok_or(PictureError::Broken)
    }

    /// A picture that [`Picture::take`] made before; `None` for what it never made.
    pub fn kept(png: Vec<u8>) -> Option<Self> {
        let image = krilla::image::Image::from_png(png.into(), false).ok()?;
        Some(Self { image })
    }

    pub(crate) fn image(&self) -> krilla::image::Image {
        self.image.clone()
    }

    /// Width and height, in pixels.
    pub(crate) fn size(&self) -> (f32, f32) {
        let (width, height) = self.image.size();
        (width.max(1) as f32, height.max(1) as f32)
    }
}

/// Red, green, blue and opacity of each pixel, row by row.
struct Pixels {
    width: usize,
    height: usize,
    bytes: Vec<[u8; 4]>,
}

fn bearable(width: usize, height: usize) -> Result<(), PictureError> {
    if width == 0 || height == 0 {
        return Err(PictureError::Broken);
    }
    if width > WIDEST || height > WIDEST || width * height > MOST_PIXELS {
        return Err(PictureError::TooBig);
    }
    Ok(())
}

impl Pixels {
    fn of_png(given: &[u8]) -> Result<Self, PictureError> {
        let broken = |_| PictureError::Broken;
        let limits = png::Limits {
            bytes: MOST_PIXELS * 8,
        };
        let mut decoder = png::Decoder::new_with_limits(Cursor::new(given), limits);
        decoder.set_transformations(Transformations::normalize_to_color8());
        let header = decoder.read_header_info().map_err(broken)?;
        let (width, height) = (header.width as usize, header.height as usize);
        bearable(width, height)?;
        let mut reader = decoder.read_info().map_err(broken)?;
        let size = reader.output_buffer_size().ok_or(PictureError::Broken)?;
        let mut bytes = vec![0; size];
        let frame = reader.next_frame(&mut bytes).map_err(broken)?;
        bytes.truncate(frame.buffer_size());
        let bytes = match frame.color_type {
            ColorType::Grayscale => each(&bytes, |[grey]: [u8; 1]| [grey, grey, grey, 255]),
            ColorType::GrayscaleAlpha => each(&bytes, |[grey, a]: [u8; 2]| [grey, grey, grey, a]),
            ColorType::Rgb => each(&bytes, |[r, g, b]: [u8; 3]| [r, g, b, 255]),
            ColorType::Rgba => each(&bytes, |pixel: [u8; 4]| pixel),
            ColorType::Indexed => return Err(PictureError::Broken),
        };
        Self::whole(width, height, bytes)
    }

    fn of_jpeg(given: &[u8]) -> Result<Self, PictureError> {
        let options = DecoderOptions::new_safe()
            .set_max_width(WIDEST)
            .set_max_height(WIDEST)
            .jpeg_set_out_colorspace(ColorSpace::RGB);
        let mut decoder = JpegDecoder::new_with_options(ZCursor::new(given), options);
        decoder.decode_headers().map_err(|error| match error {
            zune_jpeg::errors::DecodeErrors::LargeDimensions(_) => PictureError::TooBig,
            _ => PictureError::Broken,
        })?;
        let info = decoder.info().ok_or(PictureError::Broken)?;
        let (width, height) = (info.width.into(), info.height.into());
        bearable(width, height)?;
        let bytes = decoder.decode().map_err(|_| PictureError::Broken)?;
        let turned = decoder.exif().and_then(|exif| orientation(exif));
        let bytes = each(&bytes, |[r, g, b]: [u8; 3]| [r, g, b, 255]);
        Ok(Self::whole(width, height, bytes)?.turned(turned.unwrap_or(1)))
    }

    fn whole(width: usize, height: usize, bytes: Vec<[u8; 4]>) -> Result<Self, PictureError> {
        if bytes.len() != width * height {
            return Err(PictureError::Broken);
        }
        Ok(Self {
            width,
            height,
            bytes,
        })
    }

    /// As a camera held it: EXIF 2.3, section 4.6.4, tag Orientation.
    fn turned(self, orientation: u16) -> Self {
        let (width, height) = match orientation {
            5..=8 => (self.height, self.width),
            _ => (self.width, self.height),
        };
        let (right, bottom) = (self.width - 1, self.height - 1);
        let from = |x: usize, y: usize| match orientation {
            2 => (right - x, y),
            3 => (right - x, bottom - y),
            4 => (x, bottom - y),
            5 => (y, x),
            6 => (y, bottom - x),
            7 => (right - y, bottom - x),
            8 => (right - y, x),
            _ => (x, y),
        };
        let places = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        let bytes = places
            .map(|(x, y)| from(x, y))
            .filter_map(|(x, y)| self.bytes.get(y * self.width + x).copied())
            .collect();
        Self {
            width,
            height,
            bytes,
        }
    }

    /// At most [`KEPT`] along the longer side; each pixel is the mean of those it stands for.
    fn smaller(self) -> Self {
        let longer = self.width.max(self.height);
        if longer <= KEPT {
            return self;
        }
        let (width, height) = (
            (self.width * KEPT / longer).max(1),
            (self.height * KEPT / longer).max(1),
        );
        let mut bytes = Vec::with_capacity(width * height);
        for y in 0..height {
            let rows = y * self.height / height..((y + 1) * self.height / height);
            for x in 0..width {
                let columns = x * self.width / width..((x + 1) * self.width / width);
                let (mut sum, mut count) = ([0u64; 4], 0u64);
                for row in rows.clone() {
                    let from = row * self.width;
                    let line = self.bytes.get(from + columns.start..from + columns.end);
                    for [r, g, b, a] in line.unwrap_or_default() {
                        // What is clear has no colour of its own.
                        let weight = u64::from(*a);
                        sum[0] += u64::from(*r) * weight;
                        sum[1] += u64::from(*g) * weight;
                        sum[2] += u64::from(*b) * weight;
                        sum[3] += weight;
                        count += 1;
                    }
                }
                let mean = |sum: u64, by: u64| u8::try_from(sum / by.max(1)).unwrap_or(u8::MAX);
                bytes.push([
                    mean(sum[0], sum[3]),
                    mean(sum[1], sum[3]),
                    mean(sum[2], sum[3]),
                    mean(sum[3], count),
                ]);
            }
        }
        Self {
            width,
            height,
            bytes,
        }
    }

    fn png(&self) -> Option<Vec<u8>> {
        let clear = self.bytes.iter().any(|[.., a]| *a != u8::MAX);
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(
            &mut file,
            u32::try_from(self.width).ok()?,
            u32::try_from(self.height).ok()?,
        );
        encoder.set_depth(BitDepth::Eight);
        let bytes: Vec<u8> = if clear {
            encoder.set_color(ColorType::Rgba);
            self.bytes.as_flattened().to_vec()
        } else {
            encoder.set_color(ColorType::Rgb);
            self.bytes
                .iter()
                .flat_map(|[r, g, b, _]| [*r, *g, *b])
                .collect()
        };
        let mut writer = encoder.write_header().ok()?;
        writer.write_image_data(&bytes).ok()?;
        writer.finish().ok()?;
        Some(file)
    }
}

fn each<const N: usize>(bytes: &[u8], pixel: impl Fn([u8; N]) -> [u8; 4]) -> Vec<[u8; 4]> {
    bytes
        .as_chunks::<N>()
        .0
        .iter()
        .map(|one| pixel(*one))
        .collect()
}

/// The tag Orientation of an EXIF block: a TIFF header, then the entries of its first directory.
fn orientation(exif: &[u8]) -> Option<u16> {
    let is_little = match exif.get(..2)? {
        b"II" => true,
        b"MM" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let bytes = exif.get(at..at + 2)?.try_into().ok()?;
        Some(if is_little {
            u16::from_le_bytes(bytes)
        } else {
            u16::from_be_bytes(bytes)
        })
    };
    let (one, other) = (usize::from(short(4)?), usize::from(short(6)?));
    let directory = if is_little {
        one + (other << 16)
    } else {
        (one << 16) + other
    };
    (0..usize::from(short(directory)?))
        .map(|entry| directory + 2 + entry * 12)
        .find(|at| short(*at) == Some(0x0112))
        .and_then(|at| short(at + 8))
}
