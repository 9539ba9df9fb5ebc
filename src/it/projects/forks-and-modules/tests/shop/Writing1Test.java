package shop;

class Writing1Test extends Writing {}
