-- The index: everything that lists, filters and counts, rebuilt from the archive at any time.
-- Written for SQLite 3.40. Paths are blobs: a file name need not be UTF-8.

CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
-- Tells an index from one that was made in its place, where ids mean other posts.
INSERT INTO meta VALUES ('identity', lower(hex(randomblob(16))));

-- One row an article, its copies merged. Ids are never used twice, so an old listing cannot
-- show another post in place of one that is gone; meta keeps the last one. The newest posts are
-- written first, and the indexes are in the order of writing: that makes them small and cheap.
CREATE TABLE posts (
    id         INTEGER PRIMARY KEY,
    key        TEXT NOT NULL,
    bare       TEXT,                            -- the key by name, where another post has that one
    path       BLOB NOT NULL,
    title      TEXT NOT NULL,
    folded     TEXT NOT NULL,                   -- the title as tokens.fold() gives it
    published  TEXT,                            -- ISO 8601 with the post's own offset
    epoch      INTEGER,                         -- the same moment in seconds
    day        INTEGER,                         -- the same in the archive's zone, as yyyymmdd
    source     INTEGER REFERENCES labels (id),
    categories TEXT NOT NULL,                   -- JSON list, as in the post
    tags       TEXT NOT NULL,                   -- JSON list, as in the post
    url        TEXT,
    images     INTEGER NOT NULL DEFAULT 0,      -- how many
    tables     INTEGER NOT NULL DEFAULT 0,
    is_pending INTEGER NOT NULL DEFAULT 1       -- its full text has to be read, perhaps again
);
CREATE UNIQUE INDEX posts_by_key ON posts (key DESC);
CREATE INDEX posts_by_time ON posts (epoch DESC, key DESC);
CREATE INDEX posts_by_day ON posts (day DESC);
CREATE INDEX posts_pending ON posts (epoch DESC, key DESC) WHERE is_pending;
CREATE INDEX posts_by_source ON posts (source, epoch DESC, key DESC) WHERE source IS NOT NULL;

-- The visible text of posts, packed as records.py does.
CREATE TABLE texts (
    post    INTEGER PRIMARY KEY REFERENCES posts (id),
    content BLOB NOT NULL
);

-- The index of their words: runs of posts, the newest post of a run at place 0. See fulltext.py.
CREATE TABLE runs (
    id     INTEGER PRIMARY KEY,
    size   INTEGER NOT NULL,                    -- how many places it has
    newest INTEGER NOT NULL,                    -- no post of it has a later epoch
    posts  BLOB NOT NULL,                       -- the post at each place, 32 bits
    epochs BLOB NOT NULL                        -- and its epoch, 64 bits
);

-- Which posts of a run have a token, as postings.py writes it. The number of a block is its run
-- and, in the lower 32 bits, its first token.
CREATE TABLE words (
    number INTEGER PRIMARY KEY,
    block  BLOB NOT NULL
);

-- Where a post with a text stands; and places at which there is none any more.
CREATE TABLE places (
    post  INTEGER PRIMARY KEY REFERENCES posts (id),
    run   INTEGER NOT NULL REFERENCES runs (id),
    place INTEGER NOT NULL
);
CREATE TABLE dropped (
    run   INTEGER NOT NULL REFERENCES runs (id),
    place INTEGER NOT NULL,
    PRIMARY KEY (run, place)
) WITHOUT ROWID;

CREATE TRIGGER place_removed AFTER DELETE ON places BEGIN
    INSERT INTO dropped VALUES (old.run, old.place);
END;
CREATE TRIGGER post_removed AFTER DELETE ON posts BEGIN
    DELETE FROM places WHERE post = old.id;
    DELETE FROM texts WHERE post = old.id;
END;
-- Runs are in the order of time, so the text of a post of another time has to move.
CREATE TRIGGER post_redated AFTER UPDATE OF epoch ON posts WHEN old.epoch IS NOT new.epoch BEGIN
    DELETE FROM places WHERE post = old.id;
    DELETE FROM texts WHERE post = old.id;
END;

-- Folders of the archive, and the zone that the files of each were read with.
CREATE TABLE folders (
    id   INTEGER PRIMARY KEY,
    path BLOB NOT NULL UNIQUE,
    zone TEXT NOT NULL
);

-- The files of one day in one folder; see shelves.py.
CREATE TABLE shelves (
    folder INTEGER NOT NULL REFERENCES folders (id),
    day    INTEGER NOT NULL,                    -- yyyymmdd, 0 where the name of a file names none
    digest BLOB,                                -- of names, sizes and times, where it is known
    PRIMARY KEY (folder, day)
) WITHOUT ROWID;

-- One row a file, and what became of it: a post, a failure or nothing by rule.
CREATE TABLE entries (
    folder   INTEGER NOT NULL REFERENCES folders (id),
    day      INTEGER NOT NULL,
    name     BLOB NOT NULL,
    size     INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,                  -- -1: try again at the next update
    post     INTEGER REFERENCES posts (id),
    place    INTEGER NOT NULL,                  -- among the copies of the post
    failure  TEXT,                              -- why it, or its text alone, could not be read
    skipped  TEXT,                              -- why it is no post
    PRIMARY KEY (folder, day DESC, name)
) WITHOUT ROWID;
CREATE INDEX entries_by_post ON entries (post, place) WHERE post IS NOT NULL;
CREATE INDEX entries_by_failure ON entries (failure) WHERE failure IS NOT NULL;

CREATE VIEW files AS
SELECT CAST(iif(folders.path = x'2f', '', folders.path) || '/' || entries.name AS BLOB) AS path,
       post, place, failure
FROM entries JOIN folders ON folders.id = entries.folder;

-- Names that posts are filed under; kind is source, category or tag.
CREATE TABLE labels (
    id     INTEGER PRIMARY KEY,
    kind   TEXT NOT NULL,
    text   TEXT NOT NULL,
    folded TEXT NOT NULL,
    UNIQUE (kind, text)
);

CREATE TABLE post_labels (
    label INTEGER NOT NULL REFERENCES labels (id),
    post  INTEGER NOT NULL REFERENCES posts (id),
    PRIMARY KEY (label, post)
) WITHOUT ROWID;
CREATE INDEX post_labels_by_post ON post_labels (post);

-- Stocks, indices and the like, and sectors.
CREATE TABLE tickers (
    id     INTEGER PRIMARY KEY,
    symbol TEXT NOT NULL UNIQUE,
    market TEXT NOT NULL,
    kind   TEXT NOT NULL
);

-- What posts call a ticker, and how many posts do: marked by upstream, or otherwise.
CREATE TABLE names (
    id     INTEGER PRIMARY KEY,
    ticker INTEGER NOT NULL REFERENCES tickers (id),
    text   TEXT NOT NULL,
    folded TEXT NOT NULL,
    marks  INTEGER NOT NULL DEFAULT 0,
    others INTEGER NOT NULL DEFAULT 0,
    UNIQUE (ticker, text)
);

-- Only mentions that belong to the post (Trust.counts).
CREATE TABLE mentions (
    ticker INTEGER NOT NULL REFERENCES tickers (id),
    post   INTEGER NOT NULL REFERENCES posts (id),
    place  INTEGER NOT NULL,                    -- the order of first appearance
    trust  TEXT NOT NULL,
    name   INTEGER REFERENCES names (id),
    PRIMARY KEY (ticker, post)
) WITHOUT ROWID;
CREATE INDEX mentions_by_post ON mentions (post, place);

-- A ticker with the name that most posts give it; marks of upstream before names from the text.
CREATE VIEW badges AS
SELECT id, symbol, market, kind,
       (SELECT text FROM names WHERE names.ticker = tickers.id AND marks + others > 0
        ORDER BY marks DESC, others DESC, text LIMIT 1) AS name
FROM tickers;

-- How many posts stand under each node of the category tree. Kept by counts.py, as is the log of
-- posts that were known before and came under a node (step 1) or left it (-1).
CREATE TABLE counts (
    kind  TEXT NOT NULL,
    node  INTEGER NOT NULL,
    posts INTEGER NOT NULL,
    PRIMARY KEY (kind, node)
) WITHOUT ROWID;

CREATE TABLE moves (
    id   INTEGER PRIMARY KEY AUTOINCREMENT,
    post INTEGER NOT NULL,
    kind TEXT NOT NULL,
    node INTEGER NOT NULL,
    step INTEGER NOT NULL
);
