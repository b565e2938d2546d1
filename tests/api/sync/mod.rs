mod push;
