"""Invented names. Nobody is meant."""

VOORNAMEN = (
    "Aya", "Bram", "Chloé", "Daan", "Elif", "Finn", "Guusje", "Hanna", "Ilias", "Jade", "Kaan", "Lotte",
    "Milan", "Noor", "Omar", "Pien", "Quin", "Rosa", "Sem", "Tijn", "Umar", "Vera", "Wout", "Xavi", "Yara",
    "Zoë", "Amir", "Bente", "Cato", "Dylan", "Esra", "Fleur", "Gijs", "Hidde", "Isa", "Jesse", "Kiki", "Luuk",
    "Mila", "Nils", "Olivia", "Pim", "Rayan", "Saar", "Teun", "Ties", "Veerle", "Willem", "Yusuf", "Zara",
)  # fmt: skip
ACHTERNAMEN = (
    ("", "Haddad"), ("", "Jansen"), ("", "Peters"), ("van der", "Berg"), ("", "Yıldız"), ("", "Bakker"),
    ("de", "Wit"), ("", "Smit"), ("", "El Amrani"), ("", "Maduro"), ("", "Kowalski"), ("van", "Dijk"),
    ("", "Benali"), ("", "Hendriks"), ("de", "Groot"), ("", "Dekker"), ("van", "Leeuwen"), ("", "Brouwer"),
    ("", "Kuipers"), ("", "Croes"), ("ter", "Horst"), ("", "Özdemir"), ("van 't", "Hof"), ("", "Nguyen"),
    ("", "Visser"), ("", "Mulder"), ("", "Assati"), ("de", "Vries"),
)  # fmt: skip
