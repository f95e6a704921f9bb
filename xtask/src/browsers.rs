//! The browsers that tests and benches drive.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::shell::{self, can_use_apt, run, step};

/// What a browser is called here, where it may be, and Debian's package of it.
pub struct Browser {
    pub name: &'static str,
    paths: &'static [&'static str],
    package: &'static str,
}

pub const CHROMIUM: Browser = Browser {
    name: "chromium",
    paths: &["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"],
    package: "chromium",
};

pub const FIREFOX: Browser =
    Browser { name: "firefox", paths: &["/usr/bin/firefox-esr", "/usr/bin/firefox"], package: "firefox-esr" };

impl Browser {
    pub fn find(&self) -> Option<PathBuf> {
        self.paths.iter().map(Path::new).find(|path| path.exists()).map(Path::to_path_buf)
    }

    /// The browser, installed with apt where that is possible; `None` says why not.
    pub fn find_or_install(&self) -> Option<PathBuf> {
        if self.find().is_none() {
            if !can_use_apt() {
                step(&format!(
                    "no {}: it is not installed, and this is not root on a Debian system",
                    self.name
                ));
                return None;
            }
            step(&format!("installing {} with apt-get, to run the same pages as its users", self.name));
            let _ = run(Command::new("apt-get").args(["update", "-qq"]));
            let install = ["install", "-y", "-qq", "--no-install-recommends", self.package];
            if run(shell::command("apt-get").args(install).env("DEBIAN_FRONTEND", "noninteractive")).is_err()
            {
                step(&format!("no {}: apt-get could not install it", self.name));
            }
        }
        self.find()
    }
}
