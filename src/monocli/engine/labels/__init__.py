"""What the sentences of a label say of another drug, and what differs between two texts of labels. Pure, as all of this
room: the texts are handed in."""
