"""What becomes of a proposal where an archive stands: which files are written, and how no edit of a human is ever lost.

    duplicates  which texts are versions of one            stamps     which seed a file was made from, and who edited it since
    shelf       what stands in `content/briefings/`        ledger     what was ingested and declined, from run to run
    deletions   what an editor deleted                     moves      what an editor renamed
    unsettled   what each run tells until it is settled    register   what decisions rest on, and where they are noted
    versions    what becomes of another text               reconcile  one run, asked seed by seed

Nothing here knows how a text is tagged: a proposal comes with its tags.
"""
