"""A text → the tags that the ingest proposes, each with its reasons: parties and their pairs, sectors, and the kind.

    survey_article  ─▶  Survey       survey: the text, and all that the mentions found in it
    TAGGERS         ─▶  TagProposal  tags; parties by what countries do (roles, grammar, stories), sectors and kinds by themes

Nothing here knows of seeds or files: the ingest, `retag` and `explain tags` ask alike.
"""
