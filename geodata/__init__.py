"""The territory reference: communes, EPCI, départements, zonings, and the geometry of each."""
