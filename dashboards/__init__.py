"""What people see: pages, maps, prints, exports and the command line."""
