use wasm_lend::{Buffer, Record, export};

/// A point that moves.
#[repr(C)]
#[derive(Clone, Copy, bytemuck::Pod, bytemuck::Zeroable, Record)]
pub struct Particle {
    /// In meters.
    pub x: f32,
    pub kind: u32,
    pub velocity: [f32; 2],
}

#[export]
pub fn step(particles: &mut [Particle], fixed: &[Particle]) -> Buffer<Particle> {
    particles[0].x += fixed[0].x;
    Buffer::from(fixed.to_vec())
}

fn main() {}
