"""What runs Zorgpad on one machine: embedded servers, the processes of the program, and the test run."""
