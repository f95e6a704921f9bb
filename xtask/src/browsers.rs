//! The browsers for tests and benches.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::shell::{self, can_use_apt, run, step};

/// The name of a browser, its possible paths, and Debian's packages of it.
pub struct Browser {
    pub name: &'static str,
    paths: &'static [&'static str],
    packages: &'static [&'static str],
}

pub const CHROMIUM: Browser = Browser {
    name: "chromium",
    paths: &["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"],
    packages: &["chromium"],
};

pub const FIREFOX: Browser = Browser {
    name: "firefox",
    paths: &["/usr/bin/firefox-esr", "/usr/bin/firefox"],
    packages: &["firefox-esr"],
};

/// The engine of Safari, in a small GTK browser that needs a display.
pub const WEBKIT: Browser = Browser {
    name: "webkit",
    paths: &[
        "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
        "/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
    ],
    packages: &["webkit2gtk-driver", "xvfb"],
};

impl Browser {
    pub fn find(&self) -> Option<PathBuf> {
        self.paths.iter().map(Path::new).find(|path| path.exists()).map(Path::to_path_buf)
    }

    /// Finds the browser, or installs it with apt if possible. If the result is `None`, this has printed the reason.
    pub fn find_or_install(&self) -> Option<PathBuf> {
        if self.find().is_none() {
            if !can_use_apt() {
                step(&format!(
                    "no {}: it is not installed, and only root on a Debian system can install it",
                    self.name
                ));
                return None;
            }
            step(&format!("installing {} with apt-get, to test in it", self.name));
            let _ = run(Command::new("apt-get").args(["update", "-qq"]));
            let install = ["install", "-y", "-qq", "--no-install-recommends"];
            let mut apt = shell::command("apt-get");
            apt.args(install).args(self.packages).env("DEBIAN_FRONTEND", "noninteractive");
            if run(&mut apt).is_err() {
                step(&format!("no {}: apt-get could not install it", self.name));
            }
        }
        self.find()
    }
}
