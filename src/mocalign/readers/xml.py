"""XML from strangers: no entities, no network, no huge trees."""

from __future__ import annotations

from typing import Any

from mocalign.errors import ReadError

__all__ = ["parse_xml"]


def parse_xml(data: bytes, where: str, *, doctype: bool = False) -> Any:
    """Return the root element. Raises `ReadError` for damaged XML, and for a DTD unless `doctype` allows one.

    An allowed DTD is neither loaded nor are its entities expanded.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, dtd_validation=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        reason = str(error).split("\n")[0][:160]
        raise ReadError(f"{where}: is damaged XML: {reason}") from None
    info = root.getroottree().docinfo
    dtd: Any = info.internalDTD
    if dtd is not None and (not doctype or dtd.entities()):
        raise ReadError(f"{where}: declares XML entities, which are not read")
    return root
