"""Puts one bug into a function, as a change of one token: what the extractor would say of the changed text."""

from __future__ import annotations

import numpy as np

from .data import Functions, Layout

# How often each kind is chosen where it can be: about as often as among mined real fixes (models/training/data.md),
# with the rare kinds raised so that they are learned at all.
KIND_WEIGHTS = {"variable": 0.34, "operator": 0.30, "literal": 0.20, "negation": 0.10, "await": 0.06}

# Whoever errs writes the neighbour: as mined fixes have it (models/training/data.md), `<` stands where `<=` belongs far more
# often than where `==` does. Pairs both ways, with how much likelier they are than any other member of the group.
NEIGHBOURS = {("<", "<="): 12, (">", ">="): 12, ("==", "!="): 8, ("<", ">"): 4, ("<=", ">="): 4, ("+", "-"): 6, ("*", "/"): 3,
              ("+=", "-="): 6, ("0", "1"): 4, ("1", "2"): 4, ("2", "3"): 4}

# Uses that a value must support: a number cannot be called. What only passes a value on (an argument, a return) fits all.
STRICT_LANGUAGES = ("typescript", "rust")


class Injector:
    """Draws bugs for the functions of one `Functions`; a function of the random generator that is handed in."""

    def __init__(self, functions: Functions):
        self.functions = functions
        layout = functions.layout
        self.layout = layout
        self.site = layout.token("site")
        self.choice = layout.token("choice")
        self.symbol = layout.token("symbol")
        self.uses = layout.token("uses")
        self.low = layout.token("propertiesLow")
        self.kind_of_site = kinds_of_sites(layout)
        self.range_of_site = {it["site"]: (it["from"], it["to"]) for it in layout.sites.values()}
        self.pieces = np.array(layout.choicePieces, dtype=np.uint16)
        self.likely = likely_errors(layout)
        self.strict = {layout.languages.index(it) for it in STRICT_LANGUAGES}
        self.variable = 1

    def rows(self, index: int) -> np.ndarray:
        """The tokens of a function, to be changed freely."""
        start, count = self.functions.functions[index, :2]
        return self.functions.tokens[start : start + count].astype(np.int32)

    def symbols(self, index: int) -> np.ndarray:
        start, count = self.functions.functions[index, 2:4]
        return self.functions.symbols[start : start + count]

    def inject(self, index: int, rows: np.ndarray, random: np.random.Generator,
               kind: int | None = None) -> tuple[int, int, int] | None:
        """Changes `rows` in place. Returns (token, what belongs there, kind); what belongs there is a choice, or for
        variables the number of a symbol. None when the function has no place for a bug (of that kind)."""
        sites = rows[:, self.site]
        kinds = self.kind_of_site[sites]
        names = self.layout.bugKinds
        present = [k for k in range(len(names)) if (kinds == k).any()] if kind is None else [kind]
        while present:
            weights = np.array([KIND_WEIGHTS[names[k]] for k in present])
            chosen = present[random.choice(len(present), p=weights / weights.sum())]
            places = np.flatnonzero(kinds == chosen)
            random.shuffle(places)
            for token in places[:6]:
                belongs = (self.misuse(index, rows, token, random) if sites[token] == self.variable
                           else self.replace(rows, token, random))
                if belongs is not None:
                    return int(token), belongs, chosen
            present.remove(chosen)
        return None

    def replace(self, rows: np.ndarray, token: int, random: np.random.Generator) -> int:
        """Another member of the group."""
        right = int(rows[token, self.choice])
        wrong, shares = self.likely[right]
        self.put(rows, token, int(random.choice(wrong, p=shares)))
        return right

    def put(self, rows: np.ndarray, token: int, choice: int) -> None:
        """Lets a member of the token's group stand there."""
        rows[token, self.choice] = choice
        rows[token, : self.layout.pieces] = self.pieces[choice]

    def misuse(self, index: int, rows: np.ndarray, token: int, random: np.random.Generator) -> int | None:
        """Another variable that has a value here and, as far as can be told, a type that fits."""
        symbols = self.symbols(index)
        right = int(rows[token, self.symbol])
        # The right name must still stand somewhere else, else nothing in the function could say it.
        if np.count_nonzero(rows[:, self.symbol] == right) < 2:
            return None
        own = symbols[right - 1]
        at = self.layout.symbol
        fits = ((symbols[:, at("isVariable")] == 1) & (symbols[:, at("from")] <= token)
                & (symbols[:, at("until")] > token) & (symbols[:, at("name")] != own[at("name")]))
        types = symbols[:, at("type")]
        if own[at("type")] != 0:
            fits &= (types == own[at("type")]) | (types == 0)
        strict = int(self.functions.functions[index, self.layout.function("language")]) in self.strict
        uses = int(rows[token, self.uses])
        if uses and (strict or random.random() < 0.7):
            fits &= (symbols[:, at("uses")] & uses) != 0
            properties = int(rows[token, self.low]) | (int(rows[token, self.low + 1]) << 16)
            if properties and strict:
                fits &= (symbols[:, at("properties")].astype(np.int64) & 0xFFFFFFFF & properties) != 0
        wrong = np.flatnonzero(fits)
        # A shadowed name of the same spelling is visible once only.
        if len(wrong) == 0:
            return None
        self.name(rows, token, symbols, int(wrong[random.integers(len(wrong))]) + 1)
        return right

    def name(self, rows: np.ndarray, token: int, symbols: np.ndarray, symbol: int) -> None:
        """Lets the variable `symbol` stand at `token`."""
        layout = self.layout
        was = symbols[int(rows[token, self.symbol]) - 1]
        now = symbols[symbol - 1]
        at = layout.symbol
        rows[token, : layout.pieces] = now[at("piece0") : at("piece0") + layout.pieces]
        rows[token, layout.bindingFeature] += (int(now[at("kind")]) - int(was[at("kind")])) * 8
        rows[token, layout.symbolFeature] = layout.symbolsFrom + (symbol - 1) % layout.symbolSlots
        rows[token, self.symbol] = symbol


def likely_errors(layout: Layout) -> list[tuple[np.ndarray, np.ndarray]]:
    """By choice: what may stand there by mistake, and how often each does."""
    found = []
    for right, word in enumerate(layout.choices):
        group = next(it for it in layout.sites.values() if it["from"] <= right < it["to"])
        others = [it for it in range(group["from"], group["to"]) if it != right]
        weights = np.array([neighbourhood(word, layout.choices[it]) for it in others], dtype=float)
        found.append((np.array(others), weights / weights.sum()))
    return found


def neighbourhood(one: str, other: str) -> int:
    return NEIGHBOURS.get((one, other)) or NEIGHBOURS.get((other, one)) or 1


def kinds_of_sites(layout: Layout) -> np.ndarray:
    """By site: the number of its kind among `bugKinds`, -1 for no site."""
    kinds = np.full(max(it["site"] for it in layout.sites.values()) + 1, -1, dtype=np.int64)
    kinds[1] = layout.bugKinds.index("variable")
    for group, it in layout.sites.items():
        name = group if group in ("negation", "await") else "literal" if group in ("boolean", "integer") else "operator"
        kinds[it["site"]] = layout.bugKinds.index(name)
    return kinds
