//! `difflib.get_close_matches(word, possibilities, cutoff=0.8)`, for short words.

/// At most three of `words`, the most similar first, that are at least 0.8 like `word`.
pub fn close_matches<'a>(word: &str, words: &[&'a str]) -> Vec<&'a str> {
    let word: Vec<char> = word.chars().collect();
    let mut found: Vec<(f64, &str)> = words
        .iter()
        .map(|&other| {
            let letters: Vec<char> = other.chars().collect();
            let length = word.len() + letters.len();
            let ratio = if length == 0 { 1.0 } else { 2.0 * matching(&letters, &word) as f64 / length as f64 };
            (ratio, other)
        })
        .filter(|&(ratio, _)| ratio >= 0.8)
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| b.1.cmp(a.1)));
    found.into_iter().take(3).map(|(_, other)| other).collect()
}

/// The letters in common by Ratcliff and Obershelp: the longest common run, then left and right.
fn matching(a: &[char], b: &[char]) -> usize {
    let mut best = (0, 0, 0);
    for i in 0..a.len() {
        for j in 0..b.len() {
            let run = a[i..].iter().zip(&b[j..]).take_while(|(x, y)| x == y).count();
            if run > best.2 {
                best = (i, j, run);
            }
        }
    }
    let (i, j, run) = best;
    if run == 0 {
        return 0;
    }
    run + matching(&a[..i], &b[..j]) + matching(&a[i + run..], &b[j + run..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_mistyped() {
        let commands = ["ls", "website", "cp", "mv", "rm", "sync", "mb", "rb", "presign"];
        assert_eq!(close_matches("presing", &commands), ["presign"]);
        assert_eq!(close_matches("snc", &commands), ["sync"]);
        assert!(close_matches("60", &commands).is_empty());
    }
}
