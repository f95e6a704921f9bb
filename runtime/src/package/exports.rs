//! The raw exports: the names of the functions that the JavaScript half calls, through `wasm` of `runtime/js/memory.js`.
//!
//! What every package has is exported. Everything else is in *parts*: groups of functions that Rust hands over by their
//! places in the function table, when the package starts or when something first needs them. The linker cannot drop an
//! export, but it drops a part that nothing hands over.

macro_rules! export {
    ($($name:literal $function:ident($($argument:ident),*) $(-> $result:ty)? = $body:expr;)*) => {$(
        #[unsafe(export_name = $name)]
        extern "C-unwind" fn $function($($argument: u32),*) $(-> $result)? {
            $crate::backend::exports::caught(|| $body)
        }
    )*};
}

use core::cell::Cell;

use super::retired;
use crate::object::counts;
use crate::unwind::UNWINDS;
use crate::{call_record, checks, closure, convert, key, raw, release, scratch, text};

export! {
    "lend_key" key(key) = key::set(key);
    "lend_retire" retire(key) = if key::is(key) { retired::retire() };
    "lend_has_checks" has_checks() -> u32 = u32::from(checks::ENABLED);
    // Before the first buffer, too.
    "lend_set_limit" set_limit(bytes) = raw::set_limit(bytes);
    "lend_returned" returned() -> u32 = convert::returned_address();
}

/// Defines a function that hands a part over, the first time that it is called.
macro_rules! part {
    ($(#[$doc:meta])* $part:ident {
        $($name:literal $function:ident($($argument:ident),*) $(-> $result:ty)? = $body:expr;)*
    }) => {
        $(#[$doc])*
        #[inline(always)]
        pub fn $part() {
            thread_local! {
                // The JavaScript half of each thread gets it.
                static IS_THERE: Cell<bool> = const { Cell::new(false) };
            }

            #[cold]
            #[inline(never)]
            fn hand_over_once() {
                $(
                    extern "C-unwind" fn $function($($argument: u32),*) $(-> $result)? {
                        caught(|| $body)
                    }
                )*
                // Another instance has replaced this one, whose functions must stay as they are.
                if retired::is() {
                    return;
                }
                hand_over(concat!($($name, " ",)*), &[$($function as *const () as usize),*]);
                // Last: the stack may overflow before.
                IS_THERE.set(true);
            }

            if !IS_THERE.get() {
                hand_over_once();
            }
        }
    };
}

/// Gives functions to JavaScript. After each name comes a space, and JavaScript puts `lend_` before it.
///
/// The user's own start function may be the first that needs a part, so the JavaScript half is started here too.
#[inline(never)]
fn hand_over(names: &str, functions: &[usize]) {
    crate::js::attach();
    #[cfg(not(target_feature = "atomics"))]
    crate::js::define(names.as_ptr(), names.len(), functions.as_ptr(), &wasm_bindgen::function_table());
    #[cfg(target_feature = "atomics")]
    crate::js::threads::define(names, functions);
}

part! {
    /// Buffers and instances: nearly every package has them, but not one of numbers alone. Components hand it over, and
    /// so does the first slot that is made.
    buffers {
        "alloc" alloc(tag, len, is_filled) -> u32 = raw::alloc(tag, len, is_filled != 0);
        "freeze" freeze(handle) -> u32 = raw::freeze(handle);
        "free" free(handle) -> u32 = raw::free(handle);
        "free_later" free_later(handle) -> u32 = raw::free_later(handle);
        "address" address(handle) -> u32 = raw::address(handle) as u32;
        "length" length(handle) -> u32 = raw::length(handle);
        "tag" tag(handle) -> u32 = raw::tag(handle);
        "is_borrowed" is_borrowed(handle) -> u32 = raw::is_borrowed(handle);
        "overlap" overlap(one, other) -> u32 = raw::overlap(one, other);
        "holders" holders(handle) -> u32 = raw::references(handle);
        "part" part(handle, tag, start, len) -> u32 = raw::sub_buffer(handle, tag, start, len);
        "abandon" abandon(handle, key) = raw::abandon(handle, key);
        "run_drops" run_drops() = release::run_pending();
        "notify" notify(handle, token) -> u32 = raw::notify(handle, token);
        "handle_after" handle_after(handle) -> u32 = raw::handle_after(handle);
        "live" live(kind) -> u32 = raw::live(kind);
        "set_layout" set_layout(handle, axes) -> u32 = raw::set_layout(handle, axes) as u32;
        "layout" layout(handle) -> u32 = {
            let (address, numbers) = raw::layout(handle);
            convert::set_returned(numbers, 0);
            address as u32
        };
    }
}

part! {
    /// Scratch memory, for plain typed arrays.
    arrays {
        "scratch" prepare(ordinal, tag, len, may_grow) -> u32 = scratch::prepare(ordinal, tag, len, may_grow != 0)
            .map_or(0, |area| {
                convert::set_returned(area.capacity as u32, area.handle);
                area.data.expose_provenance() as u32
            });
        "scratch_trim" trim() = scratch::trim();
        "scratch_small" scratch_small() -> u32 = scratch::small::describe() as u32;
    }
}

part! {
    /// Memory for plain typed arrays that a function takes.
    gifts {
        "gift" gift(ordinal, tag, len) -> u32 = crate::gift::prepare(ordinal, tag, len).map_or(0, |(data, handle)| {
            convert::set_returned(handle, 0);
            data.expose_provenance() as u32
        });
        "scratch_small" small() -> u32 = scratch::small::describe() as u32;
        "gift_free" free_gift(handle) -> u32 = u32::from(crate::gift::free(handle));
    }
}

part! {
    /// The records of calls that own arguments or convert values.
    records_of_calls {
        "unwind" unwind(key) -> u32 = if key::is(key) { call_record::unwind().number() } else { 0 };
    }
}

part! {
    /// Values by index.
    objects {
        "objects" objects(places) -> u32 = u32::from(counts::reserve(places));
        "object_left" object_left() = counts::leave();
        "object_release" object_release(index) -> u32 = u32::from(counts::release_argument(index as i32));
        "object_holders" object_holders(index) -> u32 = counts::references(index as i32);
        "released" released() -> u32 = counts::to_free_address() as u32;
    }
}

part! {
    /// Rust closures that JavaScript calls.
    closures {
        "closure" closure(id, arguments) -> u32 = u32::from(closure::call(id, arguments));
        "closure_free" closure_free(id) = closure::free(id);
        "closures" closures() -> u32 = closure::live();
    }
}

part! {
    /// Strings from JavaScript.
    text {
        "text_area" text_area() -> u32 = text::scratch_address();
        "text" text_alloc(capacity) -> u32 = text::alloc(capacity) as u32;
        "text_grow" text_grow(address, capacity) -> u32 = text::grow(address as usize, capacity) as u32;
        "text_finish" text_finish(address, len, key) -> u32 = if key::is(key) {
            text::finish(address as usize, len)
        } else {
            0
        };
        "text_abandon" text_abandon(text, key) = if key::is(key) {
            text::abandon(text)
        };
    }
}

#[cfg(target_feature = "atomics")]
part! {
    /// What threads share.
    threads {
        "thread" thread(name) -> u32 = crate::threads::start(name) as u32;
        "share" share(handle) -> u32 = match crate::threads::share(handle) {
            Ok(sent) => {
                convert::set_returned(sent.generation, u32::from(sent.is_moved));
                sent.place + 1
            }
            Err(reason) => {
                convert::set_returned(reason as u32, 0);
                0
            }
        };
        "receive" receive(token, generation) -> u32 = crate::threads::receive(token.wrapping_sub(1), generation);
        "revoke" revoke(token, generation) -> u32 = u32::from(crate::threads::revoke(token.wrapping_sub(1), generation));
        "in_flight" in_flight() -> u32 = crate::threads::in_flight();
        "letter" letter() -> u32 = crate::threads::take();
        "held" held(thread, after) -> u32 = crate::threads::held_after(thread, after);
        "leave" leave(key) = if key::is(key) {
            #[cfg(feature = "async")]
            super::task::end_all();
            crate::threads::give_back();
        };
        "reclaim" reclaim(thread, key) = if key::is(key) { crate::threads::reclaim(thread) };
    }
}

#[cfg(feature = "async")]
part! {
    /// Futures.
    tasks {
        "task" task(id) = super::task::run(id);
    }
}

#[cfg(feature = "async")]
part! {
    /// Calls that run on other threads.
    calls_of_workers {
        "job_run" run_job(id) -> u32 = u32::from(super::job::run_here(id));
        "job_abort" abort_job(id) = super::job::abort(id);
        "job_forget" forget(id) = super::job::forget(id);
        "job_ended" ended() = super::job::ended();
        "job_left" left(key) -> u32 = u32::from(!key::is(key) || super::job::left());
    }
}

#[cfg(all(feature = "async", target_feature = "atomics"))]
part! {
    /// The threads that run them.
    pool {
        "pool" pool_words() -> u32 = super::job::pool_address() as u32;
        "pool_sweep" sweep() = super::job::sweep();
        "pool_run" run_next() -> u32 = u32::from(super::job::run_next());
    }
}

/// What functions of `#[export(worker)]` need.
#[cfg(feature = "async")]
pub fn jobs() {
    calls_of_workers();
    #[cfg(target_feature = "atomics")]
    {
        pool();
        crate::js::threads::start_pool();
    }
}

/// Hands over every part that a plugin may need of its host.
#[cfg(feature = "plugin-host")]
pub(crate) fn all() {
    buffers();
    arrays();
    gifts();
    records_of_calls();
    objects();
    closures();
    text();
}

/// Runs a function that the JavaScript half has called. A release listener in it may panic.
#[inline(always)]
fn caught<R: Default>(body: impl FnOnce() -> R) -> R {
    if !UNWINDS {
        return body();
    }
    std::panic::catch_unwind(core::panic::AssertUnwindSafe(body)).unwrap_or_else(|_| {
        crate::js::panic_to_throw();
        R::default()
    })
}

/// The exports for plugins.
#[cfg(feature = "plugin-host")]
mod of_host {
    use crate::backend::modules;
    use crate::{active_call, fingerprint};

    export! {
        "lend_memory_alloc" memory_alloc(size, align) -> u32 = modules::alloc(size, align, false);
        "lend_memory_alloc_zeroed" memory_alloc_zeroed(size, align) -> u32 = modules::alloc(size, align, true);
        "lend_memory_realloc" memory_realloc(data, size, align, new_size) -> u32 = modules::realloc(data, size, align, new_size);
        "lend_memory_dealloc" memory_dealloc(data, size, align) = modules::dealloc(data, size, align);
        "lend_invoke_drop" invoke_drop(function, owner) = modules::invoke_drop(function, owner);
        "lend_invoke_note" invoke_note(function, data, run) = modules::invoke_note(function, data, run != 0);
        "lend_shared" shared() -> u32 = modules::static_addresses() as u32;
        "lend_fingerprint" fingerprint() -> u32 = fingerprint::fingerprint();
        "lend_frames" frames() -> u32 = active_call::address() as u32;
        "lend_module_buffers" module_buffers(module) -> u32 = modules::buffers(module);
        "lend_module_bytes" module_bytes(module) -> u32 = modules::bytes(module);
        "lend_module_listeners" module_listeners(module) -> u32 = modules::listeners(module);
        "lend_module_next" module_next(module, after) -> u32 = modules::next(module, after);
        "lend_module_ended" module_ended(module, start, end) = modules::ended(module, start as usize, end as usize);
    }
}
