use kafedra_documents::{Picture, PictureError};

/// A signature in ink on a clear ground, made here.
pub fn signature() -> Vec<u8> {
    let (width, height) = (240usize, 90usize);
    let mut pixels = vec![[0u8; 4]; width * height];
    for step in 0..4000 {
        let t = step as f32 / 4000.0;
        let x = 10.0 + t * 220.0;
        let y = 45.0 + (t * 21.0).sin() * 32.0 * (1.0 - t) + (t * 7.0).cos() * 6.0;
        for (dx, dy) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
            let place = (y as usize + dy) * width + x as usize + dx;
            pixels[place] = [24, 40, 110, 255];
        }
    }
    png(width, height, png::ColorType::Rgba, pixels.as_flattened())
}

pub fn png(width: usize, height: usize, colour: png::ColorType, bytes: &[u8]) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width as u32, height as u32);
    encoder.set_color(colour);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(bytes).unwrap();
    writer.finish().unwrap();
    file
}

/// Width, height and bytes of a PNG that was kept.
fn pixels(kept: &[u8]) -> (u32, u32, png::ColorType, Vec<u8>) {
    let mut reader = png::Decoder::new(std::io::Cursor::new(kept))
        .read_info()
        .unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut bytes).unwrap();
    (info.width, info.height, info.color_type, bytes)
}

#[test]
fn what_is_no_picture_is_refused_whatever_it_is_called() {
    let jpeg_that_ends_early = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0".as_slice();
    let mut cut = signature();
    cut.truncate(cut.len() / 2);
    for (given, why) in [
        (
            b"<svg xmlns='http://www.w3.org/2000/svg'/>".as_slice(),
            PictureError::Kind,
        ),
        (b"GIF89a", PictureError::Kind),
        (b"", PictureError::Kind),
        (b"\x89PNG\r\n\x1a\n", PictureError::Broken),
        (jpeg_that_ends_early, PictureError::Broken),
        (&cut, PictureError::Broken),
    ] {
        assert_eq!(Picture::take(given).err(), Some(why), "{given:?}");
    }
}

#[test]
fn a_picture_that_would_unpack_into_gigabytes_is_refused_at_its_header() {
    // 30,000 by 30,000 pixels of nothing: a small file that claims to be a very large picture.
    let mut bomb = png(1, 1, png::ColorType::Grayscale, &[0]);
    bomb[16..20].copy_from_slice(&30_000u32.to_be_bytes());
    bomb[20..24].copy_from_slice(&30_000u32.to_be_bytes());
    let sum = crc(&bomb[12..29]);
    bomb[29..33].copy_from_slice(&sum.to_be_bytes());
    assert_eq!(Picture::take(&bomb).err(), Some(PictureError::TooBig));
}

/// As PNG has it (ISO/IEC 15948, annex D).
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0u32, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            (sum >> 1) ^ if sum & 1 == 1 { 0xedb8_8320 } else { 0 }
        })
    })
}

#[test]
fn a_large_picture_is_kept_small_and_its_clear_parts_stay_clear() {
    let (width, height) = (1400, 700);
    let half = |x: usize| {
        if x < 700 {
            [200, 10, 10, 255]
        } else {
            [9, 9, 9, 0]
        }
    };
    let bytes: Vec<u8> = (0..height)
        .flat_map(|_| (0..width).flat_map(half))
        .collect();
    let kept = Picture::take(&png(width, height, png::ColorType::Rgba, &bytes)).unwrap();
    let (width, height, colour, bytes) = pixels(&kept);
    assert_eq!((width, height, colour), (700, 350, png::ColorType::Rgba));
    assert_eq!(bytes[..4], [200, 10, 10, 255]);
    assert_eq!(bytes[699 * 4 + 3], 0);
    assert!(Picture::kept(kept).is_some());
}

#[test]
fn every_kind_of_png_is_read() {
    for (colour, bytes) in [
        (png::ColorType::Grayscale, vec![7; 4]),
        (
            png::ColorType::GrayscaleAlpha,
            vec![7, 255, 7, 255, 7, 255, 7, 255],
        ),
        (png::ColorType::Rgb, vec![7; 12]),
        (png::ColorType::Rgba, [7, 7, 7, 255].repeat(4)),
    ] {
        let kept = Picture::take(&png(2, 2, colour, &bytes)).unwrap();
        let (width, height, kind, bytes) = pixels(&kept);
        assert_eq!(
            (width, height, kind),
            (2, 2, png::ColorType::Rgb),
            "{colour:?}"
        );
        assert!(bytes.iter().all(|byte| *byte == 7));
    }
}
