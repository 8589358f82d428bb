"""Models of several kinds, fitted to made data; values of the native package."""

import numpy as np
import pandas as pd
import statsmodels.api as sm
import statsmodels.formula.api as formula
from statsmodels.nonparametric.smoothers_lowess import lowess
from statsmodels.stats.diagnostic import acorr_ljungbox
from statsmodels.tsa.api import ARIMA, ExponentialSmoothing, acf, adfuller

random = np.random.default_rng(15)
x = random.normal(size=(120, 2))
y = 1.5 + x @ [2.0, -0.5] + random.normal(size=120)
data = pd.DataFrame({"y": y, "a": x[:, 0], "b": x[:, 1], "k": np.tile(list("uvw"), 40)})
walk = np.cumsum(random.normal(size=150))
season = 10 + np.tile([1.0, 3, -2, -2], 15) + 0.1 * np.arange(60) + 0.1 * random.normal(size=60)

found = {
    "ols": sm.OLS(y, sm.add_constant(x)).fit().params,
    "errors": sm.OLS(y, sm.add_constant(x)).fit(cov_type="HC3").bse,
    "formula": formula.ols("y ~ a * b + C(k)", data).fit().rsquared,
    "logit": sm.Logit(y > 1.5, sm.add_constant(x)).fit(disp=0).params,
    "poisson": sm.GLM(random.poisson(np.exp(0.3 * x[:, 0])), x, family=sm.families.Poisson()).fit().params,
    "robust": sm.RLM(y, sm.add_constant(x)).fit().params,
    "quantile": formula.quantreg("y ~ a", data).fit(q=0.3).params.to_numpy(),
    "lowess": lowess(y, x[:, 0], frac=0.4)[::40, 1],
    "arima": ARIMA(walk, order=(1, 1, 0)).fit().llf,
    "smoothing": ExponentialSmoothing(season, trend="add", seasonal="add", seasonal_periods=4).fit().forecast(4),
    "adf": adfuller(walk)[0],
    "acf": acf(walk, nlags=3),
    "ljung": acorr_ljungbox(walk, lags=[5])["lb_stat"].iloc[0],
    "density": sm.nonparametric.KDEUnivariate(y).fit().evaluate(1.0),
}
EXPECTED = {
    "ols": [1.50145499, 1.89620694, -0.4457297],
    "errors": [0.08900905, 0.09403291, 0.08715829],
    "formula": 0.8036539458167697,
    "logit": [-0.06443947, 3.40669523, -0.80048082],
    "poisson": [0.27168943, 0.00344313],
    "robust": [1.51890651, 1.87890285, -0.43693427],
    "quantile": [0.92194067, 1.881612],
    "lowess": [-3.15676657, 0.74774358, 2.71864715],
    "arima": -204.48200295975803,
    "smoothing": [16.9920554, 19.05840179, 14.22243388, 14.33476213],
    "adf": -0.7599093247400586,
    "acf": [1, 0.97506999, 0.95340251, 0.93181481],
    "ljung": 675.2974862426903,
    "density": 0.15134576,
}
for name, values in EXPECTED.items():
    assert np.allclose(found[name], values, rtol=1e-4), (name, found[name])
assert found.keys() == EXPECTED.keys(), found
print("statsmodels: fourteen models and tests as native")
