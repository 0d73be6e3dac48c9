"""HTTP in front of the application: what must be read is read whole, within limits, before a page is made.

Law of the room: it speaks HTTP and WSGI, and knows no page, no language, no database and no person.
"""
