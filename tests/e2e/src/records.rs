//! Buffers of structs.

use bytemuck::{Pod, Zeroable};
use wasm_lend::{Buffer, BufferMut, Record, export};

/// A point that moves.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Pod, Zeroable, Record)]
pub struct Particle {
    /// In meters.
    x: f32,
    y: f32,
    velocity: [f32; 2],
    id: u64,
    kind: i16,
    flags: [u8; 6],
}

/// The size is odd, so that nothing is aligned by chance.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Pod, Zeroable, Record)]
pub struct Pixel {
    r: u8,
    g: u8,
    b: u8,
}

/// Moves every particle.
#[export]
pub fn move_all(particles: &mut [Particle], seconds: f32) {
    for particle in particles {
        particle.x += particle.velocity[0] * seconds;
        particle.y += particle.velocity[1] * seconds;
    }
}

/// The particles' identities.
#[export]
pub fn ids(particles: &[Particle]) -> Vec<u64> {
    particles.iter().map(|particle| particle.id).collect()
}

/// Particles that Rust makes.
#[export]
pub fn make_particles(count: u32) -> Buffer<Particle> {
    let particle = |id| Particle { id: u64::from(id), x: id as f32, ..Particle::zeroed() };
    Buffer::from((0..count).map(particle).collect::<Vec<_>>())
}

/// Retained, moved and returned.
#[export]
pub fn keep_and_take(
    keep: Buffer<Particle>,
    take: BufferMut<Particle>,
) -> (Buffer<Particle>, BufferMut<Particle>) {
    (keep, take)
}

/// As plain objects.
#[export]
pub fn plain_particles(particles: Vec<Particle>) -> Vec<Particle> {
    particles.into_iter().rev().collect()
}

/// One particle as a plain object.
#[export]
pub fn one_particle(particle: Particle) -> Particle {
    Particle { kind: particle.kind - 1, ..particle }
}

/// The sum of all parts.
#[export]
pub fn brightness(pixels: &[Pixel]) -> u32 {
    pixels.iter().map(|pixel| u32::from(pixel.r) + u32::from(pixel.g) + u32::from(pixel.b)).sum()
}

/// More aligned than any number.
#[repr(C, align(64))]
#[derive(Clone, Copy, Pod, Zeroable, Record)]
pub struct Line {
    bytes: [u8; 64],
}

/// A record of no bytes.
#[repr(C)]
#[derive(Clone, Copy, Pod, Zeroable, Record)]
pub struct Nothing {}

/// The distance of the records' address from a multiple of 64.
#[export]
pub fn line_offset(lines: &[Line]) -> u32 {
    lines.as_ptr().addr() as u32 % 64
}

/// Records that Rust makes, each with its index.
#[export]
pub fn make_lines(count: u8) -> Vec<Line> {
    (0..count).map(|index| Line { bytes: [index; 64] }).collect()
}

/// The number of records.
#[export]
pub fn count_nothing(nothing: &[Nothing]) -> usize {
    nothing.len()
}
