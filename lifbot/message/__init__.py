"""What the bot says, by meaning: blocks that each platform draws by its own best means.

Every text here is plain: renderers escape all of it, so nobody can ping a channel through an action's words.
"""

from lifbot.links import Link
from lifbot.message.said import (
    Ask,
    Block,
    Button,
    Facts,
    Field,
    FieldKind,
    Fine,
    Form,
    Heading,
    ItemCard,
    ItemList,
    Message,
    Quote,
    Say,
    Style,
    plain_block,
    say,
    with_buttons,
)
from lifbot.message.traffic import (
    Address,
    File,
    Incoming,
    IncomingKind,
    Parcel,
    Place,
    Receipt,
)

__all__ = [
    "Address",
    "Ask",
    "Block",
    "Button",
    "Facts",
    "Field",
    "FieldKind",
    "File",
    "Fine",
    "Form",
    "Heading",
    "Incoming",
    "IncomingKind",
    "ItemCard",
    "ItemList",
    "Link",
    "Message",
    "Parcel",
    "Place",
    "Quote",
    "Receipt",
    "Say",
    "Style",
    "plain_block",
    "say",
    "with_buttons",
]
