//! Reading: bytes become a Document.
