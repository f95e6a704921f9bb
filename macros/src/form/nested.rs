//! Types that cannot cross inside another type.

use syn::{GenericArgument, PathArguments, Type};

use crate::errors;
use crate::syntax::{plain, sole_argument};

/// Looks for a type that cannot cross, anywhere inside a type that crosses as a value.
///
/// # Errors
///
/// If there is one. The error is about the first.
pub fn within(ty: &Type) -> syn::Result<()> {
    match plain(ty) {
        Type::Tuple(tuple) => tuple.elems.iter().try_for_each(within),
        Type::Array(array) => within(&array.elem),
        Type::Path(path) => {
            let Some(segment) = path.path.segments.last() else { return Ok(()) };
            let name = segment.ident.to_string();
            if let Some(way_out) = NEVER_CROSS.iter().find(|(container, _)| *container == name) {
                return Err(errors::container(ty, way_out.1));
            }
            let PathArguments::AngleBracketed(arguments) = &segment.arguments else { return Ok(()) };
            let plain_containers = ["Vec", "Option", "Box"];
            if !plain_containers.contains(&name.as_str()) {
                return Ok(());
            }
            arguments.args.iter().try_for_each(|argument| match argument {
                GenericArgument::Type(Type::Slice(slice)) => within(&slice.elem),
                GenericArgument::Type(inner) => within(inner),
                _ => Ok(()),
            })
        }
        Type::Reference(_) => Err(errors::reference_inside(ty)),
        other => Err(errors::unusual(other).unwrap_or_else(|| errors::inside(ty))),
    }
}

/// Types by name that have no form in JavaScript, and the way out.
const NEVER_CROSS: [(&str, &str); 12] = [
    ("HashMap", "wrap it: `Serde<HashMap<…>>`, which JavaScript sees as a `Map`"),
    ("BTreeMap", "wrap it: `Serde<BTreeMap<…>>`, which JavaScript sees as a `Map`"),
    ("HashSet", "wrap it: `Serde<HashSet<…>>`, which JavaScript sees as an array"),
    ("BTreeSet", "wrap it: `Serde<BTreeSet<…>>`, which JavaScript sees as an array"),
    ("VecDeque", "use a `Vec<T>`"),
    ("Rc", "use a `Buffer<T>`, which both sides count"),
    ("Arc", "use a `Buffer<T>`: `Buffer::from_owner` lends an `Arc<[T]>` without a copy"),
    ("RefCell", "keep it in a `thread_local!` or static of your own, and pass what is in it"),
    ("Mutex", "keep it in a static of your own, and pass what is in it"),
    ("Duration", "pass milliseconds as an `f64`"),
    ("PathBuf", "pass a `String`"),
    ("OsString", "pass a `String`"),
];

/// A `BufferMut` inside the type: the runtime could not give it back when it refuses another argument.
pub fn mutable_buffer_within(ty: &Type) -> Option<&Type> {
    match plain(ty) {
        Type::Tuple(tuple) => tuple.elems.iter().find_map(mutable_buffer_within),
        Type::Array(array) => mutable_buffer_within(&array.elem),
        Type::Path(path) => {
            let segment = path.path.segments.last()?;
            if segment.ident == "BufferMut" && !segment.arguments.is_none() {
                return Some(ty);
            }
            sole_argument(segment).and_then(mutable_buffer_within)
        }
        _ => None,
    }
}
