"""Questions to imported labels. Other questions come here only where a pack of labels is there."""
