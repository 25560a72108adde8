"""Hard input and hard places: chance, malice, size, odd machines."""
