"""KakaoTalk's kept answers that show a code which its person removed."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import schema
from storage.types import Who

_rows = schema.interactions
_turns = schema.kakao_turns
_files = schema.kakao_files


async def forget_answers(
    connection: AsyncConnection, who: Who, rows: sa.ColumnElement[bool], code: str
) -> None:
    """Delete the person's answers with the code, as any of these rows spells it, and their files.

    To be called before the rows are deleted. A turn that is being answered right now stays.
    """
    spelt = sa.union(sa.select(_rows.c.code).where(rows), sa.select(_rows.c.auto_code).where(rows))
    spellings = {code, *(await connection.scalars(spelt)).all()}
    shows = sa.or_(*(_turns.c.body.contains(each, autoescape=True) for each in spellings if each))
    mine = sa.and_(_turns.c.channel == who.channel, _turns.c.user_id == who.user)
    gone = sa.select(_turns.c.id).where(mine, shows)
    await connection.execute(sa.delete(_files).where(_files.c.turn_id.in_(gone)))
    await connection.execute(sa.delete(_turns).where(mine, shows))
