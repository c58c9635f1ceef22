"""Invented names. Nobody is meant."""

MEISJES = (
    "Aya", "Chloé", "Elif", "Guusje", "Hanna", "Jade", "Lotte", "Noor", "Pien", "Rosa", "Vera", "Yara", "Zoë", "Bente",
    "Cato", "Esra", "Fleur", "Isa", "Kiki", "Mila", "Olivia", "Saar", "Veerle", "Zara", "Amina", "Bo", "Doutzen",
    "Evi", "Femke", "Ilse", "Juna", "Kaya", "Liv", "Maud", "Nina", "Oliwia", "Puck", "Roos", "Sofia", "Tess",
)  # fmt: skip
JONGENS = (
    "Bram", "Daan", "Finn", "Ilias", "Kaan", "Milan", "Omar", "Quin", "Sem", "Tijn", "Umar", "Wout", "Xavi", "Amir",
    "Dylan", "Gijs", "Hidde", "Jesse", "Luuk", "Nils", "Pim", "Rayan", "Teun", "Ties", "Willem", "Yusuf", "Adam",
    "Boaz", "Casper", "Emre", "Floris", "Guus", "Hugo", "Jens", "Kees", "Levi", "Mees", "Noah", "Oscar", "Stijn",
)  # fmt: skip
ACHTERNAMEN = (
    ("", "Haddad"), ("", "Jansen"), ("", "Peters"), ("van der", "Berg"), ("", "Yıldız"), ("", "Bakker"),
    ("de", "Wit"), ("", "Smit"), ("", "El Amrani"), ("", "Maduro"), ("", "Kowalski"), ("van", "Dijk"),
    ("", "Benali"), ("", "Hendriks"), ("de", "Groot"), ("", "Dekker"), ("van", "Leeuwen"), ("", "Brouwer"),
    ("", "Kuipers"), ("", "Croes"), ("ter", "Horst"), ("", "Özdemir"), ("van 't", "Hof"), ("", "Nguyen"),
    ("", "Visser"), ("", "Mulder"), ("", "Assati"), ("de", "Vries"), ("", "Veenstra"), ("", "Blom"),
    ("van den", "Heuvel"), ("", "Şahin"), ("", "Pinas"), ("", "Schouten"), ("", "Willems"), ("", "Tromp"),
    ("", "Bouazza"), ("", "Postma"), ("", "Evers"), ("", "Wójcik"), ("de", "Leeuw"), ("", "Sambo"),
)  # fmt: skip
MOEDERS = (
    "Samira", "Anouk", "Birgül", "Carolien", "Daniëlle", "Esther", "Fatima", "Hilde", "Ingrid", "Joyce", "Karin",
    "Linda", "Magda", "Naima", "Priya", "Rachida", "Sandra", "Thuy", "Wendy", "Zeynep",
)  # fmt: skip
VADERS = (
    "Peter", "Ahmed", "Bart", "Cem", "Dennis", "Erik", "Farid", "Geert", "Hassan", "Ivo", "Jeroen", "Kofi", "Marek",
    "Niels", "Orlando", "Rob", "Said", "Tom", "Vincent", "Youssef",
)  # fmt: skip
