"""The drawing of an event: lanes of agencies, boxes of services, lines of papers, pins where somebody goes."""
