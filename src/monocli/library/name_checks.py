"""Names that two drugs claim: in one library, in a user's folder laid over it, and in the tables of substances."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monocli.engine.names import normalise
from monocli.library.documents import Document, Documents
from monocli.library.naming import ListedName, derived, with_system, without_salt
from monocli.library.problems import path_text

if TYPE_CHECKING:
    from monocli.library.pack import Pack


def check_names(documents: Documents, beside: Pack | None) -> None:
    """Note every name that two drugs claim. `beside` has the names of the tables of substances."""
    _check_claims(documents)
    _check_shortened_names(documents)
    _check_salts(documents, beside)
    if beside:
        _check_names_beside(documents, beside)


def _check_claims(documents: Documents) -> None:
    """A name of two drugs is a question back to whoever asks by it, and seldom meant: the file that claims it last is
    told."""
    owners: dict[str, tuple[Document, ListedName]] = {}
    told: set[tuple[str, str]] = set()
    for document, named in documents.names():
        if not named.key:
            if document.source:
                document.source.problem(named.path, "a name needs a letter or a digit that can be seen", "bad-name")
            continue
        # A number that is digits only is a name of its registry's: two registries may give it to two drugs.
        numbered = with_system(named)
        owner, first = owners.setdefault(numbered.key if numbered else named.key, (document, named))
        if (first.target_kind, first.target) != (named.target_kind, named.target) and (
            named.key,
            named.target,
        ) not in told:
            told.add((named.key, named.target))
            if first.target_kind == named.target_kind == "class" and not _of_a_user(document, named, owner, first):
                continue  # a word for several classes of the library, which is to be asked back
            claimed, claimant = (document, named), (owner, first)
            if document.source is None or (owner.at_fault(first.path) and not document.at_fault(named.path)):
                claimed, claimant = claimant, claimed
            if claimed[0].source:
                held_by = f"{claimant[1].target_kind} {claimant[1].target}"
                where = claimant[0].source.file if claimant[0].source else "the bundled library"
                _warn_of_name(claimed[0], claimed[1], held_by, claimant[1].target, where)


def _of_a_user(document: Document, named: ListedName, owner: Document, first: ListedName) -> bool:
    return document.at_fault(named.path) or owner.at_fault(first.path)


def _check_shortened_names(documents: Documents) -> None:
    """The same for a name of a user's file that a bundled name leads to with its salt left off."""
    own = {named.key: (document, named) for document, named in documents.names() if document.at_fault(named.path)}
    salts = frozenset(normalise(word) for word in documents.words("salts")) if own else frozenset()
    bundled = {named.key for document, named in documents.names() if not document.at_fault(named.path)} if own else ()
    told: set[tuple[str, str]] = set()
    for document, named in documents.names() if own else ():
        for other in derived(named, salts) if not document.at_fault(named.path) else ():
            claimed = own.get(other.key)
            if not claimed or other.key in bundled or claimed[1].target == other.target:
                continue
            if (other.key, other.target) not in told:
                told.add((other.key, other.target))
                _warn_of_name(*claimed, f"{other.target_kind} {other.target}", other.target, "the bundled library")


def _check_salts(documents: Documents, beside: Pack | None) -> None:
    """A drug of the user's own whose name is a bundled one with a salt is a drug of its own, and what is bundled of the
    base is not said of it: seldom meant, and told."""
    own = [(document, named) for document, named in documents.names() if document.at_fault(named.path)]
    salts = frozenset(normalise(word) for word in documents.words("salts")) if own else frozenset()
    bundled: dict[str, str] = {}
    for document, named in documents.names() if own else ():
        if not document.at_fault(named.path):
            bundled[named.key] = named.target
            if base := without_salt(named, salts):
                bundled.setdefault(base.key, named.target)
    for document, named in own:
        base = without_salt(named, salts)
        if base is None or document.source is None or named.key in bundled or (beside and beside.named(named.key)):
            continue
        held = [claim[1] for claim in beside.named(base.key)] if beside else []
        held = [bundled[base.key], *held] if base.key in bundled else held
        if held and named.target not in held:
            name, drug = named.matched["name"], held[0]
            message = (
                f"{name!r} is a name of {drug} with a salt, and another drug here: what is recorded of {drug} is not "
            )
            message += f"said of it; if it is the same drug, give this record and its file the id {drug} and keep only "
            message += "what you add"
            document.source.warn(named.path, message, "salt-of-bundled")


def _check_names_beside(documents: Documents, beside: Pack) -> None:
    """The same for names that a user's file claims and that the tables of substances know for another drug."""
    for document, named in documents.names():
        others = [claim for claim in beside.named(named.key) if claim[1] != named.target] if named.key else []
        told = document.source.warnings if document.source else []
        if document.at_fault(named.path) and others and path_text(named.path) not in {w.path for w in told}:
            _, other, _, _ = others[0]
            _warn_of_name(document, named, f"drug {other}", other, "the tables of substances")


def _warn_of_name(document: Document, named: ListedName, held_by: str, id: str, where: str) -> None:
    assert document.source is not None
    name = named.matched["name"]
    message = f"{name!r} is a name of {held_by} too, in {where}: who asks by it is asked back which is meant"
    if not held_by.startswith("class "):
        message += f"; if it is the same drug, give this record and its file the id {id} and keep only what you add"
    document.source.warn(named.path, message, "name-claimed-twice")
