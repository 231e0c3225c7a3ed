"""Reads iCalendar text from standard input by a parser not written here; prints what it holds as JSON.

A line that RFC 5545 does not allow ends the program with an error.
"""

import json
import sys
from datetime import timezone

from icalendar import Calendar

calendar = Calendar.from_ical(sys.stdin.buffer.read())
problems = [str(error) for error in calendar.errors]
events = []
for event in calendar.walk("VEVENT"):
    problems += [str(error) for error in event.errors]
    events.append(
        {
            "uid": str(event["UID"]),
            "summary": str(event["SUMMARY"]),
            "description": str(event.get("DESCRIPTION", "")),
            "start": event["DTSTART"].dt.astimezone(timezone.utc).isoformat(),
            "end": event["DTEND"].dt.astimezone(timezone.utc).isoformat(),
            "status": str(event["STATUS"]),
        }
    )
if problems:
    sys.exit("\n".join(problems))
print(json.dumps({"name": str(calendar["NAME"]), "events": events}))
