//! Tails of distributions: the probability of a test statistic as large as the one printed, or larger.
//!
//! This is the one place where floats are used: these probabilities are no rationals. What comes back is a range that is
//! widened outwards by far more than the functions err by, so that what is concluded from it stays certain.

use dashu_ratio::RBig;
use statrs::function::{beta, erf, gamma};

use crate::exact::{End, Range, Rational};

/// A test, with its degrees of freedom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// Student's t.
    T(Rational),
    /// Fisher's F: of the effect, of the error.
    F(Rational, Rational),
    /// χ², or Cochran's Q.
    ChiSquare(Rational),
    /// Pearson's r.
    R(Rational),
    /// The normal distribution.
    Z,
}

/// How far a probability may be off, as a share of itself: these functions are good to some 1e-10.
const MARGIN: f64 = 1e-6;

/// The same in absolute terms, where a probability vanishes.
const LEAST: f64 = 1e-12;

/// Degrees of freedom and statistics beyond this are not judged.
const LARGEST: f64 = 1e6;

/// Probabilities are handed back in units of this.
const UNIT: f64 = 1e-15;

impl Test {
    /// Whether a negative statistic can occur, so that the probability counts both tails.
    pub fn has_sides(&self) -> bool {
        matches!(self, Test::T(_) | Test::R(_) | Test::Z)
    }

    /// The probability of a statistic at least as far from zero as `size` (not negative), which is the probability of both
    /// tails where there are two; widened outwards. `None` where it is not defined, or too large to be judged.
    pub fn tail(&self, size: &Rational) -> Option<Range> {
        let probability = self.probability(float(size))?;
        let margin = probability * MARGIN + LEAST;
        let low = rational((probability - margin).max(0.0))?;
        let high = rational((probability + margin).min(1.0))?;
        Range::between(End::closed(low), End::closed(high))
    }

    fn probability(&self, size: f64) -> Option<f64> {
        let sane = |value: f64| value.is_finite() && value <= LARGEST;
        let df = |value: &Rational| Some(float(value)).filter(|&df| df > 0.0 && sane(df));
        if !sane(size) || size < 0.0 {
            return None;
        }
        let probability = match self {
            Test::T(nu) => {
                let nu = df(nu)?;
                beta::checked_beta_reg(nu / 2.0, 0.5, nu / (nu + size * size)).ok()?
            }
            // t² = r²·df / (1 - r²), so that df / (df + t²) is 1 - r².
            Test::R(nu) => beta::checked_beta_reg(df(nu)? / 2.0, 0.5, (1.0 - size * size).max(0.0)).ok()?,
            Test::F(first, second) => {
                let (first, second) = (df(first)?, df(second)?);
                beta::checked_beta_reg(second / 2.0, first / 2.0, second / (second + first * size)).ok()?
            }
            Test::ChiSquare(_) if size == 0.0 => 1.0,
            Test::ChiSquare(nu) => gamma::checked_gamma_ur(df(nu)? / 2.0, size / 2.0).ok()?,
            Test::Z => erf::erfc(size / std::f64::consts::SQRT_2),
        };
        (0.0..=1.0).contains(&probability).then_some(probability)
    }
}

fn float(value: &Rational) -> f64 {
    value.to_big().to_f64().value()
}

fn rational(probability: f64) -> Option<Rational> {
    let units = (probability / UNIT).round();
    RBig::try_from(units).ok().map(|units| &Rational::from(units) * &Rational::power_of_ten(-15))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Rational {
        Rational::from(text.parse::<rust_decimal::Decimal>().unwrap())
    }

    /// Values of scipy 1.17.1: 2·t.sf, f.sf, chi2.sf, 2·norm.sf, and r by its t.
    const REFERENCE: &[(&str, &[&str], &str, &str)] = &[
        ("t", &["1"], "0", "1.0000000000000000"),
        ("t", &["1"], "0.05", "0.9681954974876470"),
        ("t", &["1"], "1", "0.5000000000000001"),
        ("t", &["1"], "2.2", "0.2715994975601838"),
        ("t", &["1"], "5.5", "0.1144982940974004"),
        ("t", &["1"], "40", "0.0159121798240516"),
        ("t", &["2"], "0", "1.0000000000000000"),
        ("t", &["2"], "0.05", "0.9646667373331214"),
        ("t", &["2"], "1", "0.4226497308103742"),
        ("t", &["2"], "2.2", "0.1588089758079402"),
        ("t", &["2"], "5.5", "0.0315040030418138"),
        ("t", &["2"], "40", "0.0006244146721847"),
        ("t", &["5"], "0", "1.0000000000000000"),
        ("t", &["5"], "0.05", "0.9620582999708157"),
        ("t", &["5"], "1", "0.3632174676491229"),
        ("t", &["5"], "2.2", "0.0790938979031824"),
        ("t", &["5"], "5.5", "0.0027150848895553"),
        ("t", &["5"], "40", "0.0000001841196217"),
        ("t", &["28"], "0", "1.0000000000000000"),
        ("t", &["28"], "0.05", "0.9604773662171175"),
        ("t", &["28"], "1", "0.3258747068716610"),
        ("t", &["28"], "2.2", "0.0362254847788378"),
        ("t", &["28"], "5.5", "0.0000070841471345"),
        ("t", &["28"], "40", "0.0000000000000000"),
        ("t", &["28.37"], "0", "1.0000000000000000"),
        ("t", &["28.37"], "0.05", "0.9604727589263248"),
        ("t", &["28.37"], "1", "0.3257640177361579"),
        ("t", &["28.37"], "2.2", "0.0361124381562169"),
        ("t", &["28.37"], "5.5", "0.0000067898967166"),
        ("t", &["28.37"], "40", "0.0000000000000000"),
        ("t", &["100"], "0", "1.0000000000000000"),
        ("t", &["100"], "0.05", "0.9602221217419742"),
        ("t", &["100"], "1", "0.3197241557841233"),
        ("t", &["100"], "2.2", "0.0301093312848001"),
        ("t", &["100"], "5.5", "0.0000002923421454"),
        ("t", &["100"], "40", "0.0000000000000000"),
        ("t", &["1234"], "0", "1.0000000000000000"),
        ("t", &["1234"], "0.05", "0.9601304798843008"),
        ("t", &["1234"], "1", "0.3175065546184067"),
        ("t", &["1234"], "2.2", "0.0279917285817352"),
        ("t", &["1234"], "5.5", "0.0000000461268987"),
        ("t", &["1234"], "40", "0.0000000000000000"),
        ("t", &["50000"], "0", "1.0000000000000000"),
        ("t", &["50000"], "0.05", "0.9601225880427668"),
        ("t", &["50000"], "1", "0.3173153472532073"),
        ("t", &["50000"], "2.2", "0.0278114528995597"),
        ("t", &["50000"], "5.5", "0.0000000381646081"),
        ("t", &["50000"], "40", "0.0000000000000000"),
        ("F", &["1", "22"], "0.3", "0.5893968879431181"),
        ("F", &["1", "22"], "1", "0.3281832618806708"),
        ("F", &["1", "22"], "3.1", "0.0921886419710905"),
        ("F", &["1", "22"], "8.22", "0.0089566325284048"),
        ("F", &["1", "22"], "122.56", "0.0000000001838951"),
        ("F", &["2", "57"], "0.3", "0.7419807005318481"),
        ("F", &["2", "57"], "1", "0.3742407328067765"),
        ("F", &["2", "57"], "3.1", "0.0527225801386774"),
        ("F", &["2", "57"], "8.22", "0.0007300495593439"),
        ("F", &["2", "57"], "122.56", "0.0000000000000000"),
        ("F", &["1.49", "28.4"], "0.3", "0.6785135499371691"),
        ("F", &["1.49", "28.4"], "1", "0.3586217260037332"),
        ("F", &["1.49", "28.4"], "3.1", "0.0737367110684687"),
        ("F", &["1.49", "28.4"], "8.22", "0.0033074560715414"),
        ("F", &["1.49", "28.4"], "122.56", "0.0000000000001817"),
        ("F", &["7", "3"], "0.3", "0.9141254977479151"),
        ("F", &["7", "3"], "1", "0.5529203865315162"),
        ("F", &["7", "3"], "3.1", "0.1907395080845959"),
        ("F", &["7", "3"], "8.22", "0.0555893552450615"),
        ("F", &["7", "3"], "122.56", "0.0011116415776810"),
        ("F", &["12", "480"], "0.3", "0.9893087474422418"),
        ("F", &["12", "480"], "1", "0.4476600571112664"),
        ("F", &["12", "480"], "3.1", "0.0003009806447889"),
        ("F", &["12", "480"], "8.22", "0.0000000000000373"),
        ("F", &["12", "480"], "122.56", "0.0000000000000000"),
        ("F", &["1", "100000"], "0.3", "0.5838836432430804"),
        ("F", &["1", "100000"], "1", "0.3173129275641102"),
        ("F", &["1", "100000"], "3.1", "0.0782953503936609"),
        ("F", &["1", "100000"], "8.22", "0.0041439852267991"),
        ("F", &["1", "100000"], "122.56", "0.0000000000000000"),
        ("chi2", &["1"], "0", "1.0000000000000000"),
        ("chi2", &["1"], "0.89", "0.3454773079045167"),
        ("chi2", &["1"], "3.84", "0.0500435212487052"),
        ("chi2", &["1"], "21.03", "0.0000045214791339"),
        ("chi2", &["1"], "113.15", "0.0000000000000000"),
        ("chi2", &["1"], "1600", "0.0000000000000000"),
        ("chi2", &["2"], "0", "1.0000000000000000"),
        ("chi2", &["2"], "0.89", "0.6408242760323188"),
        ("chi2", &["2"], "3.84", "0.1466069621303501"),
        ("chi2", &["2"], "21.03", "0.0000271264850287"),
        ("chi2", &["2"], "113.15", "0.0000000000000000"),
        ("chi2", &["2"], "1600", "0.0000000000000000"),
        ("chi2", &["12"], "0", "1.0000000000000000"),
        ("chi2", &["12"], "0.89", "0.9999926235197303"),
        ("chi2", &["12"], "3.84", "0.9861534547738464"),
        ("chi2", &["12"], "21.03", "0.0499428698717546"),
        ("chi2", &["12"], "113.15", "0.0000000000000000"),
        ("chi2", &["12"], "1600", "0.0000000000000000"),
        ("chi2", &["90"], "0", "1.0000000000000000"),
        ("chi2", &["90"], "0.89", "1.0000000000000000"),
        ("chi2", &["90"], "3.84", "1.0000000000000000"),
        ("chi2", &["90"], "21.03", "0.9999999999999972"),
        ("chi2", &["90"], "113.15", "0.0499687677484004"),
        ("chi2", &["90"], "1600", "0.0000000000000000"),
        ("chi2", &["1500"], "0", "1.0000000000000000"),
        ("chi2", &["1500"], "0.89", "1.0000000000000000"),
        ("chi2", &["1500"], "3.84", "1.0000000000000000"),
        ("chi2", &["1500"], "21.03", "1.0000000000000000"),
        ("chi2", &["1500"], "113.15", "1.0000000000000000"),
        ("chi2", &["1500"], "1600", "0.0360264467040266"),
        ("r", &["3"], "0", "1.0000000000000000"),
        ("r", &["3"], "0.1", "0.8728885715695383"),
        ("r", &["3"], "0.49", "0.4020652270268152"),
        ("r", &["3"], "0.83", "0.0819616305139186"),
        ("r", &["3"], "0.995", "0.0004240947294512"),
        ("r", &["55"], "0", "1.0000000000000000"),
        ("r", &["55"], "0.1", "0.4592300760622809"),
        ("r", &["55"], "0.49", "0.0001093645636803"),
        ("r", &["55"], "0.83", "0.0000000000000015"),
        ("r", &["55"], "0.995", "0.0000000000000000"),
        ("r", &["998"], "0", "1.0000000000000000"),
        ("r", &["998"], "0.1", "0.0015441161074011"),
        ("r", &["998"], "0.49", "0.0000000000000000"),
        ("r", &["998"], "0.83", "0.0000000000000000"),
        ("r", &["998"], "0.995", "0.0000000000000000"),
        ("z", &[], "0", "1.0000000000000000"),
        ("z", &[], "0.5", "0.6170750774519738"),
        ("z", &[], "1.96", "0.0499957902964409"),
        ("z", &[], "2.1", "0.0357288411256331"),
        ("z", &[], "3.29", "0.0010018738275714"),
        ("z", &[], "7", "0.0000000000025596"),
    ];

    #[test]
    fn probabilities_are_those_of_another_implementation() {
        for &(name, df, size, expected) in REFERENCE {
            let df: Vec<Rational> = df.iter().map(|df| number(df)).collect();
            let test = match (name, &df[..]) {
                ("t", [nu]) => Test::T(nu.clone()),
                ("r", [nu]) => Test::R(nu.clone()),
                ("F", [first, second]) => Test::F(first.clone(), second.clone()),
                ("chi2", [nu]) => Test::ChiSquare(nu.clone()),
                _ => Test::Z,
            };
            let range = test.tail(&number(size)).unwrap();
            assert!(range.contains(&number(expected)), "{name}{df:?} = {size}: {range:?} without {expected}");
            let width = &range.high.as_ref().unwrap().value - &range.low.as_ref().unwrap().value;
            assert!(width <= number("0.000003"), "{name} = {size}: {range:?} is wide");
        }
    }

    #[test]
    fn what_has_no_probability_gives_none() {
        assert_eq!(Test::T(Rational::ZERO).tail(&Rational::ONE), None);
        assert_eq!(Test::ChiSquare(Rational::from(-3)).tail(&Rational::ONE), None);
        assert_eq!(Test::Z.tail(&Rational::power_of_ten(300)), None);
        assert_eq!(Test::T(Rational::power_of_ten(9)).tail(&Rational::ONE), None);
    }
}
