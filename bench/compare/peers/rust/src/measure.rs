//! Processor time and memory of this process.

use std::fs;

/// Processor time of this process so far.
pub fn cpu_seconds() -> f64 {
    let mut t = libc::timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    // SAFETY: `t` is there to be written.
    unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &mut t) };
    t.tv_sec as f64 + t.tv_nsec as f64 * 1e-9
}

/// VmRSS or VmHWM of /proc/self/status.
pub fn status_bytes(field: &str) -> usize {
    let status = fs::read_to_string("/proc/self/status").expect("/proc/self/status");
    let line = status.lines().find(|l| l.starts_with(field)).expect(field);
    let kilobytes = line.split_whitespace().nth(1).expect(field);
    kilobytes.parse::<usize>().expect(field) * 1024
}

/// Calls `pass` until `seconds` have gone by; MB/s of passes over `bytes` bytes.
pub fn speed(seconds: f64, bytes: usize, mut pass: impl FnMut()) -> f64 {
    let start = cpu_seconds();
    let mut passes = 0;
    loop {
        pass();
        passes += 1;
        let taken = cpu_seconds() - start;
        if taken >= seconds {
            return passes as f64 * bytes as f64 / taken / 1e6;
        }
    }
}
