// A record with a mistake still is a record, so that buffers of it cause no other errors.
use bytemuck::{Pod, Zeroable};
use wasm_lend::{Buffer, Record, export};

#[repr(C)]
#[derive(Clone, Copy, Pod, Zeroable, Record)]
pub struct Point(pub f32, pub f32);

#[export]
pub fn sum(points: &[Point]) -> f32 {
    points.iter().map(|point| point.0).sum()
}

#[export]
pub fn same(points: Buffer<Point>) -> Buffer<Point> {
    points
}

fn main() {}
